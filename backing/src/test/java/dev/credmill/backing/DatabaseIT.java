package dev.credmill.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {
  @TempDir Path folder;

  @Test
  void whatWasCommittedIsThereAfterARestart() throws Exception {
    // Given
    try (Database database = Database.start(folder, 0);
        var connection = DriverManager.getConnection(database.url("batch"), "batch", "");
        var statement = connection.createStatement()) {
      statement.execute("create table kept as select 42 as answer");
    }
    // When
    try (Database database = Database.start(folder, 0);
        var connection = DriverManager.getConnection(database.url("batch"), "batch", "");
        var statement = connection.createStatement();
        var result = statement.executeQuery("select answer, current_setting('fsync') from kept")) {
      // Then
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
      assertThat(result.getString(2)).isEqualTo("on");
    }
  }

  @Test
  void aServerThatAKilledProcessLeftRunningIsStopped() throws Exception {
    // Given
    try (Database leftover = Database.start(folder, 0)) {
      // When
      Database.stopLeftover(folder);
      // Then
      assertThatThrownBy(leftover::connection).isInstanceOf(SQLException.class);
      assertThat(folder.resolve("data").resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void aProcessNumberThatWentToAnotherProcessIsNoObstacle() throws Exception {
    // Given
    Database.start(folder, 0).close();
    Files.writeString(
        folder.resolve("data").resolve("postmaster.pid"),
        "%d\n%s\n".formatted(ProcessHandle.current().pid(), folder.resolve("data")));
    // When
    try (Database database = Database.start(folder, 0);
        var connection = database.connection()) {
      // Then
      assertThat(connection.isValid(10)).isTrue();
    }
  }

  @Test
  void dataWhoseMakingWasBrokenOffIsMadeAnew() throws Exception {
    // Given
    Path half = Files.createDirectories(folder.resolve("data").resolve("base"));
    Files.writeString(half.resolve("1"), "half a page");
    // When
    try (Database database = Database.start(folder, 0);
        var connection = database.connection()) {
      // Then
      assertThat(connection.isValid(10)).isTrue();
    }
  }
}
