package dev.credmill.bench;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaDefinition;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Claims into wallets, each bound to the wallet's key: four calls of OpenID4VCI each, by eight
 * wallets at once, which take their share of the same machine.
 */
final class Claiming {
  private static final List<String> FORMATS =
      List.of("dc+sd-jwt", DiplomaDefinition.VC_JWT, "eddsa-rdfc-2022", "eddsa-jcs-2022");
  private static final int WALLETS = 8;
  private static final int MOST_WARM_UP = 500;
  private final Installation installation;
  private final Api api;
  private final String definition;
  private final Path folder;
  private final Report report;

  Claiming(Installation installation, Path folder, Report report) {
    this.installation = installation;
    this.api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    this.definition = DiplomaDefinition.of(installation, FORMATS);
    this.folder = folder;
    this.report = report;
  }

  void run(int claims, int repeats) throws Exception {
    int warmUp = Math.min(MOST_WARM_UP, claims);
    Queue<String> tokens = tokens(FORMATS.size() * (warmUp + repeats * claims));
    Report.say("%9s %-16s %12s %10s %10s", "claims", "format", "claimed/s", "p50 ms", "p99 ms");
    for (String format : FORMATS) {
      claim(tokens, format, warmUp);
      List<Double> rates = new ArrayList<>();
      for (int i = 0; i < repeats; i++) {
        rates.add(measured(tokens, format, claims));
      }
      report.summary("claiming", format + "_claimed_per_s", rates);
    }
  }

  private double measured(Queue<String> tokens, String format, int claims) throws Exception {
    long start = System.nanoTime();
    double[] millis = claim(tokens, format, claims);
    double rate = claims / ((System.nanoTime() - start) / 1e9);
    double p50 = Report.quantile(millis, 0.5);
    double p99 = Report.quantile(millis, 0.99);
    Report.say("%,9d %-16s %,12.0f %10.1f %10.1f", claims, format, rate, p50, p99);
    report
        .entry("claiming")
        .put("claims", claims)
        .put("format", format)
        .put("claimed_per_s", rate)
        .put("p50_ms", p50)
        .put("p99_ms", p99);
    return rate;
  }

  /** How long each took. */
  private double[] claim(Queue<String> tokens, String format, int claims) throws Exception {
    List<Future<double[]>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WALLETS)) {
      for (int i = 0; i < WALLETS; i++) {
        int share = claims / WALLETS + (i < claims % WALLETS ? 1 : 0);
        Wallet wallet = new Wallet(installation.url(Service.ISSUANCE_WORKER));
        running.add(threads.submit(() -> claim(wallet, tokens, format, share)));
      }
    }
    List<Double> all = new ArrayList<>();
    for (Future<double[]> one : running) {
      for (double millis : one.get()) {
        all.add(millis);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] claim(Wallet wallet, Queue<String> tokens, String format, int claims) {
    double[] millis = new double[claims];
    for (int i = 0; i < claims; i++) {
      String token = tokens.remove();
      long start = System.nanoTime();
      wallet.claim(token, format);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  /** Of rows whose recipients were sent a claim link; it stands in their mail, and here. */
  private Queue<String> tokens(int rows) throws Exception {
    Path sheet = new DiplomaSheet(rows, 990).csv(folder.resolve("sheet.csv"));
    String[] batch = new String[1];
    IssueRun.of(api, definition, sheet, true, id -> batch[0] = id);
    Files.delete(sheet);
    try (Connection connection = DriverManager.getConnection(installation.database());
        PreparedStatement select =
            connection.prepareStatement(
                "select claim_token from batch.row_credential where batch_id = ?")) {
      select.setObject(1, UUID.fromString(batch[0]));
      Queue<String> tokens = new ConcurrentLinkedQueue<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tokens.add(row.getString(1));
        }
      }
      return tokens;
    } catch (SQLException e) {
      throw new IllegalStateException("the claim links could not be read", e);
    }
  }
}
