package plimsoll.launch;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody sits, or a pipe ends. Bytes go through as they are.
 *
 * @param terminal the device that standard input comes from, {@code /dev/pts/3}; null where it is
 *     no terminal
 * @param outTerminal whether standard output is a terminal
 */
public record Console(
    InputStream in,
    OutputStream out,
    OutputStream err,
    @Nullable Path terminal,
    boolean outTerminal) {}
