package plimsoll.model;

import org.jspecify.annotations.Nullable;

/**
 * An environment variable. Its value is not kept: it may be a secret.
 *
 * @param secret the name with what makes the value look like a secret, {@code KEY (a private key)};
 *     null where nothing does
 */
public record Variable(String name, @Nullable String secret) {}
