package plimsoll.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path to a fact, checked against the model when it is made: {@code /limits/pids} from the root
 * of a view, or {@code source} from an element of a list.
 */
public final class FactPath {
  private final String text;
  private final List<Step> steps;
  private final Type type;

  private FactPath(String text, List<Step> steps, Type type) {
    this.text = text;
    this.steps = steps;
    this.type = type;
  }

  /** A path names something the model does not have; the message says what it has instead. */
  public static final class UnknownFactException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownFactException(String message) {
      super(message);
    }
  }

  private interface Step {
    @Nullable Object from(Object parent);
  }

  /**
   * Checks a path.
   *
   * @param text names of record components or map keys, separated by slashes; a leading slash is
   *     allowed
   * @param root the type the path starts from
   * @throws UnknownFactException if the model has no such fact
   */
  public static FactPath of(String text, Type root) throws UnknownFactException {
    String relative = text.startsWith("/") ? text.substring(1) : text;
    return of(text, relative.isEmpty() ? List.of() : List.of(relative.split("/", -1)), root, false);
  }

  /**
   * Checks a JSON pointer (RFC 6901), which may lead to elements of lists.
   *
   * @param text {@code ""} for all of the root
   * @throws UnknownFactException if the model has no such fact
   */
  public static FactPath pointer(String text, Type root) throws UnknownFactException {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new UnknownFactException(text + " is no JSON pointer, which begins with a slash");
    }
    List<String> names =
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    return of(text, names, root, true);
  }

  private static FactPath of(String text, List<String> names, Type root, boolean elements)
      throws UnknownFactException {
    List<Step> steps = new ArrayList<>();
    Type at = root;
    String walked = "";
    for (String name : names) {
      Class<?> shape = shapeOf(at);
      if (shape.isRecord()) {
        RecordComponent component = component(shape, name, walked);
        steps.add(accessor(component.getAccessor()));
        at = component.getGenericType();
      } else if (Map.class.isAssignableFrom(shape) && at instanceof ParameterizedType map) {
        steps.add(parent -> ((Map<?, ?>) parent).get(name));
        at = map.getActualTypeArguments()[1];
      } else if (elements
          && Collection.class.isAssignableFrom(shape)
          && at instanceof ParameterizedType list
          && name.matches("0|[1-9][0-9]{0,8}")) {
        int index = Integer.parseInt(name);
        steps.add(parent -> ((Collection<?>) parent).stream().skip(index).findFirst().orElse(null));
        at = list.getActualTypeArguments()[0];
      } else {
        throw new UnknownFactException(
            walked
                + " is a "
                + describe(at)
                + ", it has no field "
                + name
                + (Collection.class.isAssignableFrom(shape)
                    ? "; to look at its elements, use each"
                    : ""));
      }
      walked += "/" + name;
    }
    return new FactPath(text, List.copyOf(steps), at);
  }

  /**
   * Every path from a root, in the model's order: to records, to what is in them, to lists and to
   * maps; what stands under a map's keys is {@code PATH/*}.
   *
   * @param prefix put before each path: {@code /}, or nothing from an element of a list
   */
  public static List<FactPath> all(Type root, String prefix) {
    List<FactPath> paths = new ArrayList<>();
    Class<?> shape = shapeOf(root);
    if (shape.isRecord()) {
      for (RecordComponent component : shape.getRecordComponents()) {
        String path = prefix + component.getName();
        paths.add(new FactPath(path, List.of(), component.getGenericType()));
        paths.addAll(all(component.getGenericType(), path + "/"));
      }
    } else if (Map.class.isAssignableFrom(shape) && root instanceof ParameterizedType map) {
      paths.add(new FactPath(prefix + "*", List.of(), map.getActualTypeArguments()[1]));
    }
    return paths;
  }

  /** The path as it was written. */
  public String text() {
    return text;
  }

  /** The type of the fact. */
  public Class<?> shape() {
    return shapeOf(type);
  }

  /** For a path to a list or set, the type of its elements. */
  public Type elementType() {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : Object.class;
  }

  /** The fact, or null where it, or something on the way to it, is unset. */
  public @Nullable Object read(@Nullable Object root) {
    @Nullable Object value = root;
    for (Step step : steps) {
      if (value == null) {
        return null;
      }
      value = step.from(value);
    }
    return value;
  }

  private static RecordComponent component(Class<?> shape, String name, String walked)
      throws UnknownFactException {
    RecordComponent[] components = shape.getRecordComponents();
    for (RecordComponent component : components) {
      if (component.getName().equals(name)) {
        return component;
      }
    }
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    throw new UnknownFactException(
        "no field "
            + walked
            + "/"
            + name
            + Suggestion.nearest(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; there are " + String.join(", ", names)));
  }

  private static Step accessor(Method method) {
    return parent -> {
      try {
        return method.invoke(parent);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("a record component cannot be read: " + method, e);
      }
    };
  }

  private static Class<?> shapeOf(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return raw;
    }
    return Object.class;
  }

  private static String describe(Type type) {
    Class<?> shape = shapeOf(type);
    return Collection.class.isAssignableFrom(shape)
        ? "list"
        : shape.getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FactPath path && path.text.equals(text) && path.type.equals(type);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
