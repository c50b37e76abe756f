package dev.weir.cli.command;

import dev.weir.schemas.read.RecordFormat;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Formats of records on the command line as in configs: {@code json-schema}. */
final class RecordFormatConverter implements ITypeConverter<RecordFormat> {
  @Override
  public RecordFormat convert(String text) {
    return Arrays.stream(RecordFormat.values())
        .filter(format -> format.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + Arrays.toString(RecordFormat.values())));
  }
}
