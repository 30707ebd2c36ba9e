package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A growing list of strings that is not held in memory. They fill pages; a full page goes to a
 * temporary file and is mapped from there, with the places of its strings at its end. Whatever fits
 * into one page needs no file.
 */
final class StringPages implements AutoCloseable {
  private static final int PAGE = 1 << 20;
  private final Path folder;
  private final long most;
  private final Arena arena = Arena.ofShared();
  private final List<Page> pages = new ArrayList<>();
  private byte[] bytes = new byte[16 * 1024];
  private int used;
  private int[] places = new int[1024];
  private int inPage;
  private int first;
  private long written;
  private FileChannel file;

  /** A full page: the strings from {@code first} on, and behind them where each ends. */
  private record Page(int first, MemorySegment bytes, int ends) {
    int end(int index) {
      return index < first
          ? 0
          : bytes.get(ValueLayout.JAVA_INT_UNALIGNED, ends + 4L * (index - first));
    }

    String get(int index) {
      int start = end(index - 1);
      byte[] string = new byte[end(index) - start];
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, string, 0, string.length);
      return new String(string, StandardCharsets.UTF_8);
    }
  }

  /**
   * Makes an empty list.
   *
   * @param folder where the temporary file is made when one is needed
   */
  StringPages(Path folder, BatchConfig.Workbooks limits) {
    this.folder = folder;
    this.most = limits.maxSharedText().asLongValue();
  }

  int size() {
    return first + inPage;
  }

  void add(String string) {
    byte[] added = string.getBytes(StandardCharsets.UTF_8);
    if (used > 0 && used + added.length + 4 * (inPage + 1) > PAGE) {
      flush();
    }
    if (written + used + added.length > most) {
      throw Unreadable.tooMuch(
          "its texts have more than %d bytes; split the sheet".formatted(most));
    }
    if (used + added.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + added.length));
    }
    System.arraycopy(added, 0, bytes, used, added.length);
    used += added.length;
    if (inPage == places.length) {
      places = Arrays.copyOf(places, 2 * inPage);
    }
    places[inPage++] = used;
  }

  String get(int index) {
    if (index >= first) {
      int start = index == first ? 0 : places[index - first - 1];
      return new String(bytes, start, places[index - first] - start, StandardCharsets.UTF_8);
    }
    int low = 0;
    int high = pages.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pages.get(middle).first() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return pages.get(low).get(index);
  }

  private void flush() {
    ByteBuffer page = ByteBuffer.allocate(used + 4 * inPage).order(ByteOrder.nativeOrder());
    page.put(bytes, 0, used);
    page.asIntBuffer().put(places, 0, inPage);
    page.rewind();
    try {
      if (file == null) {
        file = temporary();
      }
      int length = page.remaining();
      while (page.hasRemaining()) {
        file.write(page, written + page.position());
      }
      MemorySegment mapped = file.map(FileChannel.MapMode.READ_ONLY, written, length, arena);
      pages.add(new Page(first, mapped, used));
      written += length;
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
    first += inPage;
    inPage = 0;
    used = 0;
  }

  private FileChannel temporary() throws IOException {
    Path path = Files.createTempFile(folder, "strings", ".tmp");
    // Where the system allows it the name is gone at once, so not even a kill leaves a file behind.
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }
}
