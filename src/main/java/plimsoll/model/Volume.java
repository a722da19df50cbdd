package plimsoll.model;

import java.util.Map;

/**
 * A volume of the engine.
 *
 * @param driver {@code local} or a plugin
 * @param options the driver's options; the local driver's {@code type}, {@code o} and {@code
 *     device} are those of mount(8), so that a volume may be a bind mount of any host path
 */
public record Volume(String name, String driver, Map<String, String> options) {
  /** Copies the map. */
  public Volume {
    options = Lists.copy(options);
  }
}
