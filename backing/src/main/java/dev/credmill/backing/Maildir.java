package dev.credmill.backing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages on disk, one file each: written in {@code tmp}, then renamed into {@code cur}, so that a
 * message is there as a whole or not at all. The name of a file is its number and its marks; in
 * memory are only these, ten bytes a message.
 */
final class Maildir {
  /** What a reader has noted on a message; kept as a letter in the file's name. */
  enum Mark {
    DRAFT('D'),
    FLAGGED('F'),
    REPLIED('R'),
    SEEN('S'),
    TRASHED('T');

    private final char letter;

    Mark(char letter) {
      this.letter = letter;
    }

    private byte bit() {
      return (byte) (1 << ordinal());
    }
  }

  private static final Pattern NAME = Pattern.compile("(\\d{10,18})-([DFRST]*)\\.eml");
  private static final int FIRST_CAPACITY = 1024;

  private final Path tmp;
  private final Path cur;
  private final Path state;
  private final long validity;
  private final List<IntConsumer> arrivals = new ArrayList<>();
  private long[] numbers = new long[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private int size;
  private long next;
  private long written;
  private long[] snapshot;

  private Maildir(Path folder) throws IOException {
    tmp = Files.createDirectories(folder.resolve("tmp"));
    cur = Files.createDirectories(folder.resolve("cur"));
    state = folder.resolve("state");
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(tmp)) {
      for (Path file : unfinished) {
        Files.delete(file);
      }
    }
    load();
    if (Files.exists(state)) {
      String[] words = Files.readString(state).trim().split(" ", -1);
      validity = Long.parseLong(words[0]);
      next = Math.max(Long.parseLong(words[1]), size == 0 ? 1 : numbers[size - 1] + 1);
    } else {
      // RFC 3501, 2.3.1.1: a new value for a new mailbox; 32 bits.
      validity = System.currentTimeMillis() / 1000;
      next = size == 0 ? 1 : numbers[size - 1] + 1;
      saveState();
    }
  }

  /** Opens the folder, making it where there is none. What was being written is thrown away. */
  static Maildir open(Path folder) throws IOException {
    return new Maildir(folder);
  }

  /** A name under which a message may be written before it is {@link #deliver delivered}. */
  synchronized Path unfinished() {
    return tmp.resolve(Long.toString(++written));
  }

  /** Makes a completely written file the newest message. */
  long deliver(Path complete) throws IOException {
    long number;
    int position;
    synchronized (this) {
      number = next;
      Files.move(complete, path(number, (byte) 0), ATOMIC_MOVE);
      next++;
      add(number, (byte) 0);
      position = size;
    }
    for (IntConsumer listener : arrivals) {
      listener.accept(position);
    }
    return number;
  }

  /** Tells every arrival's position, counted from 1. To be called before mail arrives. */
  void onArrival(IntConsumer listener) {
    arrivals.add(listener);
  }

  /** Changes whenever numbers may have been given anew. */
  long validity() {
    return validity;
  }

  synchronized long nextNumber() {
    return next;
  }

  synchronized int size() {
    return size;
  }

  /** All numbers, ascending; shared, so nobody may write into it. */
  synchronized long[] numbers() {
    if (snapshot == null) {
      snapshot = Arrays.copyOf(numbers, size);
    }
    return snapshot;
  }

  /** The position of a message, counted from 1; 0 where there is no such message. */
  synchronized int position(long number) {
    return Math.max(index(number) + 1, 0);
  }

  synchronized Optional<Path> file(long number) {
    int index = index(number);
    return index < 0 ? Optional.empty() : Optional.of(path(number, marks[index]));
  }

  synchronized Set<Mark> marks(long number) {
    EnumSet<Mark> set = EnumSet.noneOf(Mark.class);
    int index = index(number);
    for (Mark mark : Mark.values()) {
      if (index >= 0 && (marks[index] & mark.bit()) != 0) {
        set.add(mark);
      }
    }
    return set;
  }

  synchronized void mark(long number, Set<Mark> set) throws IOException {
    int index = index(number);
    byte bits = bits(set);
    if (index >= 0 && marks[index] != bits) {
      Files.move(path(number, marks[index]), path(number, bits), ATOMIC_MOVE);
      marks[index] = bits;
    }
  }

  /** How many messages lack the mark, and the position of the first of them (0: none). */
  synchronized Lacking lacking(Mark mark) {
    int count = 0;
    int first = 0;
    for (int i = 0; i < size; i++) {
      if ((marks[i] & mark.bit()) == 0) {
        count++;
        first = first == 0 ? i + 1 : first;
      }
    }
    return new Lacking(count, first);
  }

  record Lacking(int count, int first) {}

  synchronized void remove(long number) throws IOException {
    int index = index(number);
    if (index < 0) {
      return;
    }
    // Numbers are never given twice, not even after a restart that no longer sees this one.
    saveState();
    Files.deleteIfExists(path(number, marks[index]));
    System.arraycopy(numbers, index + 1, numbers, index, size - index - 1);
    System.arraycopy(marks, index + 1, marks, index, size - index - 1);
    size--;
    snapshot = null;
  }

  private void load() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(cur)) {
      List<Entry> entries = new ArrayList<>();
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          entries.add(new Entry(Long.parseLong(name.group(1)), bits(name.group(2))));
        }
      }
      entries.sort(Comparator.comparingLong(Entry::number));
      entries.forEach(entry -> add(entry.number, entry.marks));
    }
  }

  private record Entry(long number, byte marks) {}

  private void add(long number, byte bits) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      marks = Arrays.copyOf(marks, size * 2);
    }
    numbers[size] = number;
    marks[size] = bits;
    size++;
    snapshot = null;
  }

  private int index(long number) {
    return Arrays.binarySearch(numbers, 0, size, number);
  }

  private Path path(long number, byte bits) {
    StringBuilder name = new StringBuilder("%010d-".formatted(number));
    for (Mark mark : Mark.values()) {
      if ((bits & mark.bit()) != 0) {
        name.append(mark.letter);
      }
    }
    return cur.resolve(name.append(".eml").toString());
  }

  private void saveState() throws IOException {
    Path unfinished = state.resolveSibling("state.new");
    Files.writeString(unfinished, validity + " " + next + "\n");
    Files.move(unfinished, state, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  private static byte bits(Set<Mark> set) {
    byte bits = 0;
    for (Mark mark : set) {
      bits |= mark.bit();
    }
    return bits;
  }

  private static byte bits(String letters) {
    byte bits = 0;
    for (Mark mark : Mark.values()) {
      if (letters.indexOf(mark.letter) >= 0) {
        bits |= mark.bit();
      }
    }
    return bits;
  }
}
