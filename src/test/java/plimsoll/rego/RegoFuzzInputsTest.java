package plimsoll.rego;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import plimsoll.testing.FuzzInputs;

/** Inputs that {@link RegoFuzz} once had trouble with, and those that are made for trouble. */
class RegoFuzzInputsTest {
  @TestFactory
  List<DynamicTest> theyAreRefused() throws Exception {
    return FuzzInputs.tests(RegoFuzz.class);
  }

  /** One function of blocks in blocks. */
  @Test
  void whatIsNestedTooDeeplyIsRefused() throws IOException {
    int depth = 200_000;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(0); // no locals
    for (int i = 0; i < depth; i++) {
      body.write(new byte[] {0x02, 0x40});
    }
    for (int i = 0; i <= depth; i++) {
      body.write(0x0b);
    }
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(1);
    number(code, body.size());
    code.writeBytes(body.toByteArray());
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.write(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10});
    number(module, code.size());
    module.writeBytes(code.toByteArray());
    new RegoFuzz().module(module.toByteArray());
  }

  private static void number(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write(rest);
  }
}
