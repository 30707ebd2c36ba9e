package dev.credmill.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The same few thousand accidents in every run; the long search for others is Jazzer's. */
public final class Mutations {
  private static final String[] WORDS = {
    "\"",
    ",",
    "\n",
    "\r",
    "\0",
    "<",
    ">",
    "&",
    "'",
    "/>",
    "]]>",
    "<!--",
    "-1",
    "0",
    "99999999999",
    "1e400",
    "_x0000_",
    "\uFFFF",
    "P1Y",
    "null",
    "{",
    "}",
    "\\u0000",
    "\u00e9"
  };

  private Mutations() {}

  /** Gives the seeds, and each of them changed in small ways so many times. */
  public static void of(Collection<byte[]> seeds, int times, Consumer<byte[]> target) {
    List<byte[]> all = List.copyOf(seeds);
    Random random = new Random(8);
    for (byte[] seed : all) {
      target.accept(seed);
      for (int i = 0; i < times; i++) {
        byte[] changed = seed;
        for (int j = random.nextInt(4); j >= 0; j--) {
          changed = changed(changed, all.get(random.nextInt(all.size())), random);
        }
        target.accept(changed);
      }
    }
  }

  private static byte[] changed(byte[] bytes, byte[] other, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(20));
    return switch (random.nextInt(6)) {
      case 0 -> spliced(bytes, from, from, WORDS[random.nextInt(WORDS.length)].getBytes(UTF_8));
      case 1 -> spliced(bytes, from, to, new byte[0]);
      case 2 -> spliced(bytes, from, to, new byte[] {(byte) random.nextInt(256)});
      case 3 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 4 -> spliced(bytes, from, bytes.length, new byte[0]);
      default -> {
        int start = random.nextInt(other.length + 1);
        int end = Math.min(other.length, start + random.nextInt(40));
        yield spliced(bytes, from, to, Arrays.copyOfRange(other, start, end));
      }
    };
  }

  /** The bytes with others in place of some. */
  private static byte[] spliced(byte[] bytes, int from, int to, byte[] others) {
    byte[] result = Arrays.copyOf(bytes, from + others.length + bytes.length - to);
    System.arraycopy(others, 0, result, from, others.length);
    System.arraycopy(bytes, to, result, from + others.length, bytes.length - to);
    return result;
  }
}
