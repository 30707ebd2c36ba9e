package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.openxml4j.util.ZipEntrySource;

/**
 * The ZIP archive that a workbook is, checked as a whole when it is opened and limited while it is
 * read, whoever reads: POI gets its streams from here too.
 */
final class Archive implements ZipEntrySource {
  /** Bytes of the archive's list for one entry; names of parts are short. */
  private static final int LIST_PER_ENTRY = 512;

  private final BatchConfig.Workbooks limits;
  private final SureChannel file;
  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
  private long inflated;
  private Unreadable refused;
  private final List<InputStream> streams = new ArrayList<>();
  private boolean closed;

  Archive(Path path, BatchConfig.Workbooks limits) throws IOException {
    this.limits = limits;
    this.file = new SureChannel(path);
    ZipFile opened = null;
    try {
      ArchiveEnd end = ArchiveEnd.of(file);
      mustBeShort(end);
      opened = ZipFile.builder().setSeekableByteChannel(file).get();
      this.zip = opened;
      check(Collections.list(zip.getEntries()), end);
    } catch (IOException | RuntimeException | Error e) {
      if (opened != null) {
        opened.close();
      }
      file.close();
      throw e;
    }
  }

  private void mustBeShort(ArchiveEnd end) {
    if (end.entries() > limits.maxEntries()
        || end.end() - end.directory() > (long) limits.maxEntries() * LIST_PER_ENTRY) {
      throw Unreadable.tooMuch(
          "it has more than %d entries; copy the cells into a new workbook"
              .formatted(limits.maxEntries()));
    }
  }

  private void check(List<ZipArchiveEntry> list, ArchiveEnd end) {
    if (list.size() != end.entries()) {
      throw Unreadable.malformed("it has other entries than its list says");
    }
    long told = 0;
    long free = 0;
    list.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
    for (ZipArchiveEntry entry : list) {
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
            "This archive is protected with a password. Remove the password, save the sheet as XLSX and upload it again");
      }
      if (entry.getSize() < 0 || entry.getCompressedSize() < 0) {
        throw Unreadable.malformed("an entry does not say how long it is");
      }
      // Entries that share their bytes are how a small archive becomes an endless one.
      if (entry.getLocalHeaderOffset() < free || entry.getDataOffset() < 0) {
        throw Unreadable.malformed("its entries overlap");
      }
      free = entry.getDataOffset() + entry.getCompressedSize();
      told += entry.getSize();
      mustBeWithin(told);
      if (entries.put(key(entry.getName()), entry) != null) {
        throw Unreadable.malformed("it has two entries of the same name");
      }
    }
    if (free > end.directory()) {
      throw Unreadable.malformed("its entries overlap");
    }
  }

  /** Names of parts are equal when they differ in case only (OPC, 6.3.5). */
  private static String key(String name) {
    return name.replace('\\', '/').toLowerCase(Locale.ROOT);
  }

  /** A part, inflated byte by byte against the limits. */
  ArchiveStream open(ZipArchiveEntry entry, long most) throws IOException {
    ArchiveStream stream =
        new ArchiveStream(zip.getInputStream(entry), entry, most, limits.maxRatio(), this);
    streams.add(stream);
    return stream;
  }

  /** Counts what the streams of this archive inflate together. */
  void use(int bytes) {
    inflated += bytes;
    mustBeWithin(inflated);
  }

  private void mustBeWithin(long bytes) {
    long most = limits.maxInflated().asLongValue();
    if (bytes > most || bytes < 0) {
      throw Unreadable.tooMuch(
          "unpacked it has more than %d bytes; split it into several files".formatted(most));
    }
  }

  /** Keeps why a stream was ended, for POI takes a list it cannot read for an empty one. */
  Unreadable refused(Unreadable reason) {
    refused = reason;
    return reason;
  }

  /** Fails if a stream was ended by a limit, whatever became of that. */
  void mustNotBeRefused() {
    if (refused != null) {
      throw refused;
    }
  }

  @Override
  public Enumeration<? extends ZipArchiveEntry> getEntries() {
    // Document properties are nothing to us, and POI refuses a workbook for a wrong date in them.
    return Collections.enumeration(
        entries.values().stream()
            .filter(entry -> !key(entry.getName()).startsWith("docprops/"))
            .toList());
  }

  /** The names of all entries, in lower case. */
  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public ZipArchiveEntry getEntry(String name) {
    return entries.get(key(name));
  }

  /** For POI, which holds whole what it reads by itself. */
  @Override
  public InputStream getInputStream(ZipArchiveEntry entry) throws IOException {
    return open(entry, limits.maxListing().asLongValue());
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      for (InputStream stream : streams) {
        stream.close(); // An inflater has memory that no heap counts.
      }
      zip.close();
      file.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
