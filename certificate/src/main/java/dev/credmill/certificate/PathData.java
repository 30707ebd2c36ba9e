package dev.credmill.certificate;

import java.awt.Shape;
import java.awt.geom.PathIterator;

/**
 * A shape as the {@code d} of an SVG path, exact to a hundredth of a unit, relative to be short.
 */
final class PathData {
  private final StringBuilder data = new StringBuilder();

  /** The present point in hundredths, as written: rounding does not add up. */
  private long x;

  private long y;
  private long startX;
  private long startY;

  private PathData() {}

  static String of(Shape shape) {
    PathData path = new PathData();
    double[] points = new double[6];
    for (PathIterator it = shape.getPathIterator(null); !it.isDone(); it.next()) {
      switch (it.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> {
          path.append('m', points, 2);
          path.startX = path.x;
          path.startY = path.y;
        }
        case PathIterator.SEG_LINETO -> path.append('l', points, 2);
        case PathIterator.SEG_QUADTO -> path.append('q', points, 4);
        case PathIterator.SEG_CUBICTO -> path.append('c', points, 6);
        case PathIterator.SEG_CLOSE -> path.close();
        default -> throw new IllegalStateException("a path has no other segments");
      }
    }
    return path.data.toString();
  }

  private void append(char command, double[] points, int count) {
    data.append(command);
    long toX = x;
    long toY = y;
    for (int i = 0; i < count; i += 2) {
      toX = Math.round(points[i] * 100);
      toY = Math.round(points[i + 1] * 100);
      append(toX - x, i > 0);
      append(toY - y, true);
    }
    x = toX;
    y = toY;
  }

  private void close() {
    data.append('z');
    x = startX;
    y = startY;
  }

  private void append(long hundredths, boolean follows) {
    if (hundredths < 0) {
      data.append('-');
    } else if (follows) {
      data.append(' ');
    }
    long magnitude = Math.abs(hundredths);
    long whole = magnitude / 100;
    long rest = magnitude % 100;
    if (whole > 0 || rest == 0) {
      data.append(whole);
    }
    if (rest > 0) {
      data.append('.').append((char) ('0' + rest / 10));
      if (rest % 10 > 0) {
        data.append((char) ('0' + rest % 10));
      }
    }
  }
}
