package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What reads the wanted fields out of records of one writer's schema: a small tree of steps, made
 * once, in which all names are resolved.
 *
 * <p>A map's values are found under their keys, an array's under their places from 0. All of a
 * union's branches are looked into. What the schema does not have stays absent.
 */
final class AvroProgram implements AvroStep {
  private final AvroSkips skips = new AvroSkips();
  private final SlotCopies copies;
  private final AvroStep root;

  AvroProgram(Schema writer, PathTree wanted) {
    copies = new SlotCopies(wanted);
    root = record(writer, wanted);
  }

  /** Reads one record; slots that it does not have are left as they are. */
  @Override
  public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
    root.run(in, out);
    copies.make(out);
  }

  private AvroStep step(Schema schema, PathTree wanted) {
    if (wanted == null) {
      return skip(schema);
    }
    return switch (schema.getType()) {
      case UNION -> union(schema, wanted);
      case RECORD -> nested(wanted, record(schema, wanted));
      case ARRAY -> nested(wanted, array(schema, wanted));
      case MAP -> nested(wanted, map(schema, wanted));
      default -> leaf(schema, wanted);
    };
  }

  private AvroStep leaf(Schema schema, PathTree wanted) {
    return wanted.slots().length == 0 ? skip(schema) : AvroLeaf.of(schema, wanted.slots()[0]);
  }

  private AvroStep union(Schema schema, PathTree wanted) {
    if (wanted.slots().length > 0 && AvroNumbers.ofUnion(schema) != null) {
      return AvroNumbers.ofUnion(schema).into(wanted.slots()[0]);
    }
    AvroStep[] branches =
        schema.getTypes().stream().map(branch -> step(branch, wanted)).toArray(AvroStep[]::new);
    return (in, out) -> branches[in.readIndex(branches.length)].run(in, out);
  }

  private AvroStep array(Schema schema, PathTree wanted) {
    if (wanted.children().isEmpty()) {
      return skip(schema);
    }
    return new AvroArrayStep(
        wanted, skips.of(schema.getElementType()), item -> step(schema.getElementType(), item));
  }

  private AvroStep map(Schema schema, PathTree wanted) {
    if (wanted.children().isEmpty()) {
      return skip(schema);
    }
    return new AvroMapStep(
        wanted, skips.of(schema.getValueType()), value -> step(schema.getValueType(), value));
  }

  private static AvroStep nested(PathTree wanted, AvroStep inner) {
    if (wanted.slots().length == 0) {
      return inner;
    }
    int slot = wanted.slots()[0];
    return (in, out) -> {
      out.setNested(slot);
      inner.run(in, out);
    };
  }

  private AvroStep record(Schema schema, PathTree wanted) {
    List<AvroStep> steps = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      AvroStep next = step(field.schema(), wanted.child(field.name()));
      AvroStep joined = steps.isEmpty() ? null : steps.get(steps.size() - 1).joinedWith(next);
      if (joined == null) {
        steps.add(next);
      } else {
        steps.set(steps.size() - 1, joined);
      }
    }
    return steps.size() == 1 ? steps.get(0) : sequence(steps.toArray(AvroStep[]::new));
  }

  private static AvroStep sequence(AvroStep[] steps) {
    return (in, out) -> {
      for (AvroStep step : steps) {
        step.run(in, out);
      }
    };
  }

  private AvroStep skip(Schema schema) {
    return new AvroSkipRun(List.of(skips.of(schema)));
  }
}
