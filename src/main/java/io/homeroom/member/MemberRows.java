package io.homeroom.member;

import io.homeroom.ground.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows about members out of several rooms' tables in one statement. Of one member each table has a handful, and then the
 * way to the database costs more than the rows: every answer about a standing would go it once for each table.
 */
@Component
public class MemberRows {

    private static final int NUMBERS = 6;
    private static final int DAYS = 3;
    private static final int TEXTS = 4;

    /** Of the part's number and the member, which lead each row. */
    private static final int LEAD = 2;

    private final JdbcClient jdbc;

    MemberRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The columns that a room reads of its table beside {@code member_id}, sorted by kind, so that all tables' rows have
     * one shape: no more than six numbers, three days and four texts.
     *
     * @param index that finds the rows of some members; named, because MySQL else looks into each index of the table that
     *     begins with the association before it takes this one, which costs more than the rows
     */
    public record Columns(String table, String index, List<String> numbers, List<String> days, List<String> texts) {
        public Columns {
            if (numbers.size() > NUMBERS || days.size() > DAYS || texts.size() > TEXTS) {
                throw new IllegalArgumentException("Too many columns of " + table);
            }
        }

        /** The beginning of a statement about the association's rows; conditions may follow. */
        public String select() {
            return "select " + rows(0);
        }

        private String select(int part) {
            return "select /*+ INDEX(" + table + " " + index + ") */ " + rows(part);
        }

        private String rows(int part) {
            List<String> all = new ArrayList<>(List.of(Integer.toString(part), "member_id"));
            fill(all, numbers, NUMBERS);
            fill(all, days, DAYS);
            fill(all, texts, TEXTS);
            return String.join(", ", all) + " from " + table + " where association_id = :association";
        }

        private static void fill(List<String> all, List<String> columns, int width) {
            all.addAll(columns);
            for (int i = columns.size(); i < width; i++) {
                all.add("null");
            }
        }
    }

    /** A row of some {@link Columns}; columns are counted from nought within their kind. */
    public record Row(ResultSet row) {

        /** The member whom the row is about. */
        public long member() throws SQLException {
            return row.getLong(LEAD);
        }

        /** The same, or null where the row is about none. */
        public @Nullable Long memberOrNone() throws SQLException {
            return row.getObject(LEAD, Long.class);
        }

        public long number(int column) throws SQLException {
            return row.getLong(LEAD + 1 + column);
        }

        public @Nullable Long numberOrNone(int column) throws SQLException {
            return row.getObject(LEAD + 1 + column, Long.class);
        }

        /** A day that the table always has. */
        public LocalDate day(int column) throws SQLException {
            return Objects.requireNonNull(dayOrNone(column));
        }

        public @Nullable LocalDate dayOrNone(int column) throws SQLException {
            return row.getObject(LEAD + NUMBERS + 1 + column, LocalDate.class);
        }

        public String text(int column) throws SQLException {
            return row.getString(LEAD + NUMBERS + DAYS + 1 + column);
        }
    }

    /** Takes a row. */
    public interface Taker {
        void take(Row row) throws SQLException;
    }

    /**
     * What one room wants to know.
     *
     * @param condition which rows, with {@code :members} for those asked about and names of its own
     * @param values of its own names
     * @param taker of the rows, which come in no order
     */
    public record Part(Columns columns, String condition, Map<String, Object> values, Taker taker) {

        /** All rows about the members. */
        public Part(Columns columns, Taker taker) {
            this(columns, "member_id in (:members)", Map.of(), taker);
        }
    }

    /** Reads all parts about some members of the association at work. */
    public void read(Collection<Long> members, List<Part> parts) {
        if (members.isEmpty() || parts.isEmpty()) {
            return;
        }
        String all = IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).columns().select(i) + " and ("
                        + parts.get(i).condition() + ")")
                .collect(Collectors.joining(" union all "));
        JdbcClient.StatementSpec asked =
                jdbc.sql(all).param("association", Tenant.current()).param("members", members);
        for (Part part : parts) {
            asked = asked.params(part.values());
        }
        asked.query((ResultSet row) -> parts.get(row.getInt(1)).taker().take(new Row(row)));
    }
}
