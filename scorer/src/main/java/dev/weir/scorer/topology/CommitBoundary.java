package dev.weir.scorer.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Tells a processor that Kafka Streams is about to commit, while it can still forward records.
 *
 * <p>Kafka Streams has no such callback. But before it flushes its producer and commits offsets, it
 * empties the caches of a task's stores ({@code StreamTask.prepareCommit → flush →
 * ProcessorStateManager.flushCache → CachedStateStore.flushCache}) for the very reason that we
 * have: cached records must go downstream within the same transaction. This store holds nothing; it
 * is a cache only in that sense. What it needs of Kafka Streams' internal types stands in this
 * class and nowhere else.
 *
 * <p>One instance belongs to one task, and so to one thread at a time.
 */
final class CommitBoundary implements StateStore, CachedStateStore<byte[], byte[]> {
  private final String name;
  private boolean open;
  private final Map<ProcessorNode<?, ?, ?, ?>, Runnable> beforeCommit = new LinkedHashMap<>();
  private InternalProcessorContext<?, ?> context;

  private CommitBoundary(String name) {
    this.name = name;
  }

  static StoreBuilder<CommitBoundary> builder(String name) {
    return new Builder(name);
  }

  /**
   * Has the action run before every commit, as if the processor itself did it. Those of several
   * processors run in the order in which Kafka Streams starts them: what sends records on comes
   * before what gets them.
   *
   * @param processor the context that the processor's {@code init} was given
   * @param action may forward records through that context
   */
  void attach(ProcessorContext<?, ?> processor, Runnable action) {
    context = (InternalProcessorContext<?, ?>) processor;
    beforeCommit.put(context.currentNode(), action);
  }

  /**
   * Where the record that is being processed comes from; to be given to {@link #restore} later.
   * Nowhere, as long as no processor is attached: nothing is forwarded then.
   */
  Place place() {
    return new Place(context == null ? null : context.recordContext());
  }

  /** Where a record of the input stood. */
  static Place place(InputRecord record) {
    Origin origin = record.origin();
    return new Place(
        new ProcessorRecordContext(
            record.timeMillis(),
            origin.offset(),
            origin.partition(),
            origin.topic(),
            record.headers(),
            origin.key(),
            record.value()));
  }

  /** Makes what is forwarded next come from the same place as the record did. */
  void restore(Place place) {
    if (context != null) {
      context.setRecordContext(place.recordContext);
    }
  }

  @Override
  public void flushCache() {
    if (context == null) {
      return;
    }
    ProcessorNode<?, ?, ?, ?> previousNode = context.currentNode();
    ProcessorRecordContext previousRecord = context.recordContext();
    try {
      beforeCommit.forEach(
          (node, action) -> {
            context.setCurrentNode(node);
            action.run();
          });
    } finally {
      context.setRecordContext(previousRecord);
      context.setCurrentNode(previousNode);
    }
  }

  @Override
  public void clearCache() {
    // Called when a task is recycled or closed after an error; the processor drops its own records.
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean oldValues) {
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    stateStoreContext.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
    context = null;
    beforeCommit.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** A record's source, as Kafka Streams keeps it. */
  static final class Place {
    private final ProcessorRecordContext recordContext;

    private Place(ProcessorRecordContext recordContext) {
      this.recordContext = recordContext;
    }
  }

  private record Builder(String name) implements StoreBuilder<CommitBoundary> {

    @Override
    public StoreBuilder<CommitBoundary> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitBoundary> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitBoundary> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("a commit boundary has nothing to log");
    }

    @Override
    public StoreBuilder<CommitBoundary> withLoggingDisabled() {
      return this;
    }

    @Override
    public CommitBoundary build() {
      return new CommitBoundary(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}
