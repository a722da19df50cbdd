package plimsoll.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals that go to the container instead of this program: all that Java lets a program catch. It
 * keeps BUS, FPE, ILL, SEGV and QUIT for itself, and knows no real-time signals; KILL and STOP
 * nobody can catch; CHLD, PIPE, URG and WINCH are about this program.
 */
final class Signals implements AutoCloseable {
  private static final List<String> NAMES =
      List.of(
          "ABRT", "ALRM", "CONT", "HUP", "INT", "IO", "POLL", "PROF", "PWR", "QUIT", "STKFLT",
          "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "USR1", "USR2", "VTALRM", "XCPU", "XFSZ");

  /**
   * There is no other way in the JDK; by name, for the compiler warns of it and cannot be told not
   * to.
   */
  private static final Class<?> SIGNAL = named("sun.misc.Signal");

  private static final Class<?> HANDLER = named("sun.misc.SignalHandler");

  private final List<Runnable> undo = new ArrayList<>();
  private volatile boolean over;

  /** Calls {@code to} with the name of each signal that comes. */
  static Signals forward(Consumer<String> to) {
    Signals signals = new Signals();
    NAMES.forEach(name -> signals.handle(name, to));
    return signals;
  }

  /** Calls {@code changed} when the terminal's size has changed. */
  void onResize(Runnable changed) {
    handle("WINCH", name -> changed.run());
  }

  /** None. */
  static Signals none() {
    return new Signals();
  }

  private void handle(String name, Consumer<String> to) {
    try {
      Object signal = SIGNAL.getConstructor(String.class).newInstance(name);
      Method handle = SIGNAL.getMethod("handle", SIGNAL, HANDLER);
      Object handler =
          Proxy.newProxyInstance(
              HANDLER.getClassLoader(),
              new Class<?>[] {HANDLER},
              (proxy, method, arguments) -> answer(proxy, method, arguments, name, to));
      Object before = handle.invoke(null, signal, handler);
      undo.add(() -> restore(handle, signal, before));
    } catch (InvocationTargetException e) {
      // This system has no such signal, or Java keeps it.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Java's sun.misc.Signal is not what it was", e);
    }
  }

  private @Nullable Object answer(
      Object proxy,
      Method method,
      @Nullable Object @Nullable [] arguments,
      String name,
      Consumer<String> to) {
    switch (method.getName()) {
      case "handle" -> {
        if (!over) {
          to.accept(name);
        }
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      case "equals" -> {
        return arguments != null
            && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
      }
      default -> {
        return "signals to the container";
      }
    }
    return null;
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is missing: the module jdk.unsupported has it", e);
    }
  }

  /** One that Java had no handler for cannot be given back; from here on it does nothing. */
  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      // See above.
    }
  }

  @Override
  public void close() {
    over = true;
    undo.forEach(Runnable::run);
  }
}
