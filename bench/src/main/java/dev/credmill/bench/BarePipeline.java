package dev.credmill.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.opencsv.CSVReader;
import dev.credmill.contracts.database.BinaryCopy;
import java.io.BufferedInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.PGConnection;

/**
 * The steps that issuing cannot do without, and no product around them: parse, COPY, produce,
 * consume, sign, COPY, produce, consume, update. One thread and one connection for each of the
 * three stations, chunks of 1,000, the durability of the product (fsync, acks=all), payloads as
 * long as its own. Nothing is checked, nothing can be found, nothing survives a crash in good
 * order.
 */
final class BarePipeline {
  private static final int CHUNK = 1_000;
  private static final int REQUEST = 400; // bytes
  private static final int PAYLOAD = 1_000; // bytes
  private final String database;
  private final String kafka;
  private final int rows;
  private String requests;
  private String outcomes;

  BarePipeline(String database, String kafka, int rows) {
    this.database = database;
    this.kafka = kafka;
    this.rows = rows;
  }

  /** Takes a sheet all the way; rows per second. */
  double run(Path sheet) throws Exception {
    prepare();
    long start = System.nanoTime();
    try (ExecutorService stations = Executors.newFixedThreadPool(3)) {
      List<Future<Void>> running =
          List.of(
              stations.submit(() -> store(sheet)),
              stations.submit(this::sign),
              stations.submit(this::update));
      for (Future<Void> one : running) {
        one.get();
      }
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  /** Takes its tables and topics away again. */
  void clear() throws Exception {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists bare_row, bare_credential");
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.deleteTopics(List.of(requests, outcomes)).all().get();
    }
  }

  private void prepare() throws Exception {
    String run = UUID.randomUUID().toString();
    requests = "bare-requests-" + run;
    outcomes = "bare-outcomes-" + run;
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists bare_row, bare_credential");
      statement.execute(
          """
          create table bare_row (
            number int primary key, first_name text, last_name text, email text, cells text,
            issued boolean, credential_id text) with (fillfactor = 70)
          """);
      statement.execute(
          "create table bare_credential (number int primary key, payload bytea, signature bytea)");
      statement.execute("alter table bare_credential alter column payload set storage external");
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(
              List.of(new NewTopic(requests, 1, (short) 1), new NewTopic(outcomes, 1, (short) 1)))
          .all()
          .get();
    }
  }

  private Void store(Path sheet) throws Exception {
    try (Connection connection = connection();
        KafkaProducer<byte[], byte[]> producer = producer();
        CSVReader reader =
            new CSVReader(
                new InputStreamReader(
                    new BufferedInputStream(Files.newInputStream(sheet)),
                    StandardCharsets.UTF_8))) {
      BinaryCopy lines = new BinaryCopy(5, CHUNK * 300);
      List<byte[]> events = new ArrayList<>(CHUNK);
      reader.readNextSilently();
      int number = 0;
      for (String[] cells = reader.readNextSilently();
          cells != null;
          cells = reader.readNextSilently()) {
        lines
            .row()
            .int4(++number)
            .text(cells[1])
            .text(cells[2])
            .text(cells[3])
            .text(String.join(",", cells));
        events.add(ByteBuffer.allocate(REQUEST).putInt(number).array());
        if (events.size() == CHUNK || number == rows) {
          lines.send(
              connection,
              "copy bare_row (number, first_name, last_name, email, cells) from stdin (format binary)");
          lines.clear();
          send(producer, requests, events);
        }
      }
      return null;
    }
  }

  private Void sign() throws Exception {
    KeyPair pair =
        KeyPairGenerator.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE)
            .generateKeyPair();
    Signature signature = Signature.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE);
    signature.initSign(pair.getPrivate());
    BinaryCopy lines = new BinaryCopy(3, CHUNK * 1_200);
    byte[] payload = new byte[PAYLOAD];
    byte[] message = new byte[(PAYLOAD + 2) / 3 * 4];
    try (Connection connection = connection();
        KafkaProducer<byte[], byte[]> producer = producer();
        KafkaConsumer<byte[], byte[]> consumer = consumer(requests)) {
      int done = 0;
      while (done < rows) {
        List<byte[]> answers = new ArrayList<>(CHUNK);
        for (ConsumerRecord<byte[], byte[]> request : consumer.poll(Duration.ofSeconds(1))) {
          int number = ByteBuffer.wrap(request.value()).getInt();
          System.arraycopy(request.value(), 0, payload, 0, REQUEST);
          Base64.getUrlEncoder().encode(payload, message);
          signature.update(message);
          byte[] signed = signature.sign();
          lines.row().int4(number).bytea(payload).bytea(signed);
          answers.add(ByteBuffer.allocate(200).putInt(number).array());
        }
        lines.send(
            connection,
            "copy bare_credential (number, payload, signature) from stdin (format binary)");
        lines.clear();
        done += answers.size();
        send(producer, outcomes, answers);
        consumer.commitSync();
      }
      return null;
    }
  }

  private Void update() throws Exception {
    try (Connection connection = connection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update bare_row r set issued = true, credential_id = u.id
                from unnest(?::int[], ?::text[]) as u (number, id)
                where r.number = u.number and r.issued is null
                """);
        KafkaConsumer<byte[], byte[]> consumer = consumer(outcomes)) {
      PGConnection arrays = connection.unwrap(PGConnection.class);
      int done = 0;
      while (done < rows) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        int[] numbers = new int[records.count()];
        String[] ids = new String[records.count()];
        int i = 0;
        for (ConsumerRecord<byte[], byte[]> outcome : records) {
          numbers[i] = ByteBuffer.wrap(outcome.value()).getInt();
          ids[i++] = "urn:uuid:00000000-0000-4000-8000-%012d".formatted(done + i);
        }
        update.setArray(1, arrays.createArrayOf("int4", numbers));
        update.setArray(2, arrays.createArrayOf("text", ids));
        done += update.executeUpdate();
        consumer.commitSync();
      }
      return null;
    }
  }

  /** Sends them, waits for every ack, and empties the list. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, List<byte[]> events) throws Exception {
    List<Future<?>> acks = new ArrayList<>(events.size());
    for (byte[] event : events) {
      acks.add(producer.send(new ProducerRecord<>(topic, event)));
    }
    for (Future<?> ack : acks) {
      ack.get();
    }
    events.clear();
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(database);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka);
    settings.put("acks", "all");
    settings.put("compression.type", "lz4");
    settings.put("linger.ms", 2);
    settings.put("batch.size", 128 * 1024);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka);
    settings.put("group.id", topic);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("max.poll.records", CHUNK);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    return consumer;
  }
}
