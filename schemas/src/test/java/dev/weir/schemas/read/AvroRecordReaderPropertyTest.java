package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/** Avro's own reader is the oracle: whatever it makes of a record, ours finds at a path. */
final class AvroRecordReaderPropertyTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "k", "l", "0", "1", "3");
  private static final FieldPath GOOD_PATH = FieldPath.parse("good");
  private static final Schema GOOD =
      AvroBytes.schema(
          "{'type': 'record', 'name': 'Good', 'fields': [{'name': 'good', 'type': 'int'}]}"
              .replace('\'', '"'));

  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);
  private final byte[] good = WireFormat.frame(registry.register("good", GOOD), new byte[] {14});

  @AfterProperty
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @Property(seed = "20263", tries = 3000)
  void shouldAgreeWithAvrosOwnReader(@ForAll long seed) throws Exception {
    // Given
    RandomAvro random = new RandomAvro(new Random(seed));
    Schema schema = random.record(4);
    byte[] body = AvroBytes.body(schema, random.datum(schema), seed % 2 == 0 ? 0 : 64);
    List<FieldPath> paths = paths(new Random(seed));
    AvroRecordReader reader = new AvroRecordReader(registry, paths);
    FieldValues fields = new FieldValues(paths.size());

    // When
    reader.read(WireFormat.frame(registry.register("s" + seed, schema), body), fields);

    // Then
    Object tree = decoded(schema, body);
    for (int slot = 0; slot < paths.size(); slot++) {
      Object expected = AvroTree.at(tree, paths.get(slot).names());
      String where = paths.get(slot) + " of " + tree + " of " + schema;
      assertThat(fields.kind(slot)).as(where).isEqualTo(AvroTree.kind(expected));
      if (fields.kind(slot) == FieldKind.NUMBER) {
        assertThat(fields.number(slot)).as(where).isEqualTo(((Number) expected).doubleValue());
      }
      assertThat(fields.text(slot)).as(where).isEqualTo(AvroTree.text(expected));
    }
  }

  @Property(seed = "20263", tries = 3000)
  void shouldReadOrRejectWhateverComes(
      @ForAll @IntRange(max = 300) int schemaSeed, @ForAll @Size(max = 100) byte[] body)
      throws RejectedRecordException {
    Schema schema = new RandomAvro(new Random(schemaSeed)).record(4);
    readOrReject(schema, body, schemaSeed);
  }

  @Property(seed = "20263", tries = 3000)
  void shouldReadOrRejectADamagedRecord(
      @ForAll long seed, @ForAll int at, @ForAll byte value, @ForAll boolean cut)
      throws RejectedRecordException {
    // Given
    RandomAvro random = new RandomAvro(new Random(seed));
    Schema schema = random.record(4);
    byte[] body = AvroBytes.body(schema, random.datum(schema));
    if (body.length == 0) {
      return;
    }
    int place = Math.floorMod(at, body.length);
    if (cut) {
      body = Arrays.copyOf(body, place);
    } else {
      body[place] = value;
    }

    // When / Then
    boolean read = readOrReject(schema, body, seed);
    assertThat(read && cut).as("a record that was cut off was read").isFalse();
  }

  private boolean readOrReject(Schema schema, byte[] body, long seed)
      throws RejectedRecordException {
    List<FieldPath> paths = new ArrayList<>(paths(new Random(seed)));
    paths.add(GOOD_PATH);
    AvroRecordReader reader = new AvroRecordReader(registry, paths);
    FieldValues fields = new FieldValues(paths.size());
    boolean read = true;
    try {
      reader.read(WireFormat.frame(registry.register("s" + seed, schema), body), fields);
    } catch (RejectedRecordException e) {
      assertThat(e.reason()).isEqualTo(RejectReason.MALFORMED);
      assertThat(e).message().isNotBlank();
      read = false;
    }

    // The reader is none the worse for it.
    reader.read(good, fields);
    assertThat(fields.number(paths.size() - 1)).isEqualTo(7);
    for (int slot = 0; slot < paths.size() - 1; slot++) {
      assertThat(fields.kind(slot)).isEqualTo(FieldKind.ABSENT);
    }
    return read;
  }

  private static List<FieldPath> paths(Random random) {
    List<FieldPath> paths = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<String> names = new ArrayList<>();
      do {
        names.add(NAMES.get(random.nextInt(names.isEmpty() ? 3 : NAMES.size())));
      } while (random.nextInt(3) > 0);
      paths.add(new FieldPath(names));
    }
    return paths;
  }

  private static Object decoded(Schema schema, byte[] body) throws IOException {
    return new GenericDatumReader<>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(body, null));
  }
}
