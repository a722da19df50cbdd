package plimsoll.collect;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What tells processes apart that are confined in different ways, and nothing else. */
final class Signature {
  private static final String[] LINES = {
    "Uid:", "Gid:", "CapPrm:", "CapBnd:", "CapAmb:", "NoNewPrivs:", "Seccomp:"
  };

  private final HostFiles files;
  private final boolean labelled;

  /**
   * For the processes of one container.
   *
   * @param first the folder of its first process: where that has no label of a security module,
   *     there is no such module, and nothing to be asked for a thousand times
   */
  Signature(HostFiles files, String first) {
    this.files = files;
    this.labelled = files.tryRead(first + "/attr/current") != null;
  }

  /**
   * A text that is the same for processes and threads that are confined alike; null for one that
   * has exited and waits for others.
   */
  @Nullable String of(String folder, Object entry) throws IOException {
    String status = files.read(folder + "/status");
    if (HostFiles.ended(status)) {
      return null;
    }
    StringBuilder signature = new StringBuilder().append(entry);
    for (String name : LINES) {
      int start = status.indexOf("\n" + name);
      int end = start < 0 ? -1 : status.indexOf('\n', start + 1);
      signature.append(start < 0 ? "\n" : status.substring(start, end < 0 ? status.length() : end));
    }
    for (String kind : new String[] {"net", "ipc", "uts", "user", "cgroup"}) {
      signature.append('\n').append(files.tryLink(folder + "/ns/" + kind));
    }
    if (labelled) {
      signature.append('\n').append(files.tryRead(folder + "/attr/current"));
    }
    return signature.toString();
  }
}
