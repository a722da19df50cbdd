package plimsoll.testing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The inputs that fuzzing once had trouble with, where {@code src/bench/fuzz} puts them. */
public final class FuzzInputs {
  private FuzzInputs() {}

  /** A test for each. */
  public static List<DynamicTest> tests(Class<?> fuzz) throws Exception {
    Path inputs =
        Project.root()
            .resolve("src/test/resources")
            .resolve(fuzz.getName().replace('.', '/') + "Inputs");
    Constructor<?> constructor = fuzz.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object target = constructor.newInstance();
    List<DynamicTest> tests = new ArrayList<>();
    for (Method method : fuzz.getDeclaredMethods()) {
      if (method.isAnnotationPresent(FuzzTest.class)) {
        method.setAccessible(true);
        for (Path file : files(inputs.resolve(method.getName()))) {
          tests.add(
              DynamicTest.dynamicTest(
                  method.getName() + " " + file.getFileName(),
                  () -> method.invoke(target, Files.readAllBytes(file))));
        }
      }
    }
    if (tests.isEmpty()) {
      throw new IllegalStateException("no inputs in " + inputs);
    }
    return tests;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
