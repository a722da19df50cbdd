package plimsoll.wire;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what JSON left out of a record that may not be left out: a component that is not
 * {@code @Nullable}.
 */
final class Completeness {
  private Completeness() {}

  /** A JSON pointer to the first missing value below {@code value}, if there is one. */
  static Optional<String> firstMissing(Object value) {
    return walk(value, "");
  }

  private static Optional<String> walk(@Nullable Object value, String at) {
    if (value instanceof Record record) {
      return ofRecord(record, at);
    }
    Collection<?> elements = java.util.List.of();
    if (value instanceof Collection<?> collection) {
      elements = collection;
    } else if (value instanceof Map<?, ?> map) {
      elements = map.values();
    }
    int index = 0;
    for (Object element : elements) {
      Optional<String> missing = walk(element, at + "/" + index++);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofRecord(Record record, String at) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object part;
      try {
        part = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record component cannot be read: " + component, e);
      }
      String pointer = at + "/" + component.getName();
      if (part == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        return Optional.of(pointer);
      }
      Optional<String> missing = walk(part, pointer);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }
}
