package dev.credmill.issuance.securing;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The PKCS#11 token that keeps signing keys. */
public interface Pkcs11Config {
  /** The module of its maker, such as {@code /usr/lib/softhsm/libsofthsm2.so}. */
  Optional<Path> library();

  /** The id of its slot. */
  OptionalLong slot();

  /** Which of the slots with a token it is, from 0 on; counts where no slot is named. */
  OptionalInt slotListIndex();

  /** A file that holds its user PIN. Wins over {@link #pin()}. */
  Optional<Path> pinFile();

  /** Its user PIN, where a file is not at hand. */
  Optional<String> pin();
}
