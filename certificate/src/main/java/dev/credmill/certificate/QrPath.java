package dev.credmill.certificate;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A QR code as the data of one path in the unit square, its quiet zone of four modules included.
 *
 * <p>The dark modules are joined into outlines, so that no viewer shows hair lines between them.
 */
public final class QrPath {
  private static final int QUIET_ZONE = 4;

  /** Directions in drawing order: right, down, left, up. */
  private static final int[][] STEPS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

  private QrPath() {}

  /** The data of the path; dark modules are to be filled. */
  public static String of(String text) {
    ByteMatrix modules;
    try {
      modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code: " + text.length(), e);
    }
    return outlines(modules);
  }

  /**
   * Every edge between a dark and a light module, with the dark one on its right hand, then the
   * edges chained into closed lines.
   */
  private static String outlines(ByteMatrix modules) {
    int size = modules.getWidth();
    int corners = size + 1;
    Map<Integer, Integer> edges = new HashMap<>();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (!dark(modules, x, y)) {
          continue;
        }
        int corner = y * corners + x;
        if (!dark(modules, x, y - 1)) {
          edges.merge(corner, 1, (a, b) -> a | b);
        }
        if (!dark(modules, x + 1, y)) {
          edges.merge(corner + 1, 2, (a, b) -> a | b);
        }
        if (!dark(modules, x, y + 1)) {
          edges.merge(corner + corners + 1, 4, (a, b) -> a | b);
        }
        if (!dark(modules, x - 1, y)) {
          edges.merge(corner + corners, 8, (a, b) -> a | b);
        }
      }
    }
    StringBuilder path = new StringBuilder();
    double unit = 1.0 / (size + 2 * QUIET_ZONE);
    while (!edges.isEmpty()) {
      int start = edges.keySet().iterator().next();
      int at = start;
      int direction = Integer.numberOfTrailingZeros(edges.get(at));
      append(path, 'M', at, corners, unit);
      do {
        take(edges, at, direction);
        at += STEPS[direction][0] + STEPS[direction][1] * corners;
        int next = next(edges.getOrDefault(at, 0), direction);
        if (next != direction && at != start) {
          append(path, 'L', at, corners, unit);
        }
        direction = next;
      } while (at != start);
      path.append('Z');
    }
    return path.toString();
  }

  /** Turn right first: modules that touch at a corner only stay apart. */
  private static int next(int open, int direction) {
    for (int turn : new int[] {1, 0, 3}) {
      int candidate = (direction + turn) % 4;
      if ((open & (1 << candidate)) != 0) {
        return candidate;
      }
    }
    return direction;
  }

  private static void take(Map<Integer, Integer> edges, int at, int direction) {
    edges.computeIfPresent(
        at,
        (corner, open) -> {
          int left = open & ~(1 << direction);
          return left == 0 ? null : left;
        });
  }

  private static boolean dark(ByteMatrix modules, int x, int y) {
    return x >= 0
        && y >= 0
        && x < modules.getWidth()
        && y < modules.getHeight()
        && modules.get(x, y) == 1;
  }

  private static void append(StringBuilder path, char command, int at, int corners, double unit) {
    path.append(command)
        .append(number((at % corners + QUIET_ZONE) * unit))
        .append(' ')
        .append(number((at / corners + QUIET_ZONE) * unit));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value).substring(1);
  }
}
