package dev.weir.scorer.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * A task's context, as far as a processor with a commit boundary uses it: it remembers what is
 * forwarded, and where that claims to come from.
 */
final class FakeProcessorContext implements InvocationHandler {
  final CommitBoundary boundary = CommitBoundary.builder("boundary").build();
  final List<Forwarded> forwarded = new ArrayList<>();
  final ProcessorNode<?, ?, ?, ?> node = new ProcessorNode<>("score");
  ProcessorNode<?, ?, ?, ?> currentNode = node;
  ProcessorRecordContext recordContext;
  Punctuator punctuator;
  private boolean failing;

  /** Something that went on, under the offset and the node of the moment. */
  record Forwarded(Object value, long offset, ProcessorNode<?, ?, ?, ?> node) {}

  /** Makes the next records that are forwarded fail, or pass again. */
  void failing(boolean now) {
    failing = now;
  }

  /** Makes a record at this offset the one that is being processed. */
  void at(long offset) {
    recordContext = new ProcessorRecordContext(0, offset, 0, "metrics", new RecordHeaders());
  }

  @SuppressWarnings("unchecked")
  <K, V> InternalProcessorContext<K, V> context() {
    return (InternalProcessorContext<K, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {InternalProcessorContext.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getStateStore" -> arguments[0].equals(new Names("").commitBoundary()) ? boundary : null;
      case "recordMetadata" -> Optional.ofNullable(recordContext);
      case "currentNode" -> currentNode;
      case "recordContext" -> recordContext;
      case "currentSystemTimeMs" -> 0L;
      case "taskId" -> new TaskId(0, 0);
      case "setCurrentNode" -> {
        currentNode = (ProcessorNode<?, ?, ?, ?>) arguments[0];
        yield null;
      }
      case "setRecordContext" -> {
        recordContext = (ProcessorRecordContext) arguments[0];
        yield null;
      }
      case "schedule" -> {
        if (arguments[1] == PunctuationType.WALL_CLOCK_TIME) {
          punctuator = (Punctuator) arguments[2];
        }
        yield (Cancellable) () -> {};
      }
      case "forward" -> {
        forward((Record<?, ?>) arguments[0]);
        yield null;
      }
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private void forward(Record<?, ?> record) {
    if (failing) {
      throw new IllegalStateException("cannot forward");
    }
    forwarded.add(new Forwarded(record.value(), recordContext.offset(), currentNode));
  }
}
