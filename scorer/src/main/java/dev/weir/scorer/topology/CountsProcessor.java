package dev.weir.scorer.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands on what a task has counted, among all that its scoring node sends out. */
final class CountsProcessor implements Processor<byte[], Object, byte[], byte[]> {
  private ProcessorContext<byte[], byte[]> context;

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], Object> record) {
    context.forward(record.withValue((byte[]) record.value()));
  }
}
