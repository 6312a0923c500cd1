package io.homeroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mysql")
@DisplayName("数据表：一套脚本，两种数据库，协会在先")
class SchemaTests {

    /** Not ours: made by Quartz, Spring Session and Flyway, whose scripts are taken as they are. */
    private static final List<String> OTHERS = List.of("qrtz_", "spring_session", "flyway_");

    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:sql")
                .load()
                .migrate();
    }

    @Test
    @DisplayName("每张表的主键和索引都以协会代码开头")
    void every_key_begins_with_the_association() throws SQLException {
        try (Connection connection = open()) {
            List<String> astray = new ArrayList<>();
            for (String table : tables(connection)) {
                for (String leading : leadingColumns(connection, table)) {
                    if (!leading.endsWith(" association_id")) {
                        astray.add(table + ": " + leading);
                    }
                }
            }
            assertThat(astray).isEmpty();
        }
    }

    @Test
    @DisplayName("openid 区分大小写")
    void openids_are_compared_byte_by_byte() throws SQLException {
        // H2 compares so unless told otherwise, and calls that OFF.
        try (Connection connection = open();
                var statement = connection.createStatement();
                ResultSet columns =
                        statement.executeQuery("SELECT table_name, column_name FROM information_schema.columns"
                                + " WHERE table_schema = SCHEMA() AND LOWER(column_name) LIKE '%openid%'"
                                + " AND collation_name <> 'OFF' AND collation_name NOT LIKE '%\\_bin'")) {
            List<String> astray = new ArrayList<>();
            while (columns.next()) {
                astray.add(columns.getString(1) + "." + columns.getString(2));
            }
            assertThat(astray).isEmpty();
        }
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (OTHERS.stream().noneMatch(name::startsWith)) {
                    names.add(name);
                }
            }
        }
        assertThat(names).as("our tables").isNotEmpty();
        return names;
    }

    /** For each index of the table, the primary key among them: its name and its first column. */
    private static List<String> leadingColumns(Connection connection, String table) throws SQLException {
        List<String> leading = new ArrayList<>();
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet columns =
                data.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
            while (columns.next()) {
                if (columns.getShort("ORDINAL_POSITION") == 1) {
                    leading.add(columns.getString("INDEX_NAME") + " begins with "
                            + columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(leading).as("indexes of " + table).isNotEmpty();
        return leading;
    }
}
