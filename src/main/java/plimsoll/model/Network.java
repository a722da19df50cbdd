package plimsoll.model;

import java.util.Map;

/**
 * A network of the engine.
 *
 * @param driver {@code bridge}, {@code host}, {@code overlay}, …
 * @param internal whether it leads nowhere outside
 * @param options the driver's options
 */
public record Network(
    String id, String name, String driver, boolean internal, Map<String, String> options) {
  /** Copies the map. */
  public Network {
    options = Lists.copy(options);
  }
}
