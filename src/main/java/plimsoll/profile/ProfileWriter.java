package plimsoll.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;

/** Writes what a run line asks for as a profile, so that others can be run the same way. */
public final class ProfileWriter {
  private ProfileWriter() {}

  /**
   * A profile's text.
   *
   * @param name what it is for, its title
   * @param line what is asked for; flags that are about one run are left out
   * @param parent what it extends: flags that are in that are not said again
   */
  public static String write(String name, RunLine line, Profile parent) {
    Map<String, Object> flags = new LinkedHashMap<>();
    for (Given given : line.flags()) {
      RunFlag flag = given.flag().canonical();
      boolean known =
          !given.word().isWritten()
              || parent.flags().stream()
                  .anyMatch(s -> s.flag() == flag && s.value().equals(given.value()));
      if (known || ProfileReader.isAboutOneRun(flag)) {
        continue;
      }
      if (flag.kind() != RunFlag.Kind.LIST) {
        flags.put(flag.longName(), given.value());
        continue;
      }
      List<Object> values = new ArrayList<>();
      if (flags.get(flag.longName()) instanceof List<?> there) {
        values.addAll(there);
      }
      values.add(given.value());
      flags.put(flag.longName(), values);
    }
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("title", "For " + name + " (" + line.image().text() + ")");
    profile.put("extends", parent.name());
    if (!flags.isEmpty()) {
      profile.put("flags", flags);
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new Yaml(options).dump(profile);
  }
}
