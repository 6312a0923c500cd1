package io.homeroom.papers;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.papers.Scribbles.Field;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a roster from a workbook: members are entered as one by one, with the bills that follow, and those that are
 * there already are brought up to date. All or nothing, in stretches, so that what is held does not grow with the
 * roster; a second import of the same file changes nothing.
 *
 * <p>A member is known again by its credit code or identity number, else by its full name. What the bylaws decide
 * (grade, standing, day of joining) is never changed by a file: where it differs, the row is rejected.
 */
@Service
public class RosterImport {

    private static final int STRETCH = 200;

    /** What becomes of a row. */
    public enum Sign {
        ADDED("新增"),
        CHANGED("变更"),
        REJECTED("退回");

        private final String word;

        Sign(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }
    }

    /**
     * A row, or a fault in one.
     *
     * @param row as the spreadsheet program shows it, from 1
     * @param column its letters and title, for a fault in one cell
     * @param says whom it adds, what it changes, or why it is rejected and what to do
     */
    public record Found(
            Sign sign, String sheet, int row, @Nullable String column, String says) {

        /** A line for people: {@code 退回 会员!D3 入会日期：…}. */
        public String line() {
            return sign.word() + " " + sheet + " 第" + row + "行" + (column == null ? "" : " " + column) + "：" + says;
        }
    }

    /**
     * What came of it.
     *
     * @param same rows that say what the roster says
     * @param rejected rows with faults; with one, nothing was entered
     * @param entered whether the roster was changed
     */
    public record Result(int added, int changed, int same, int rejected, boolean entered) {}

    private final Sheets sheets;
    private final Roster roster;
    private final Contacts contacts;
    private final Classes classes;
    private final Staff staff;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final Audit audit;
    private final EntityManager entities;
    private final TransactionTemplate transaction;

    RosterImport(
            Sheets sheets,
            Roster roster,
            Contacts contacts,
            Classes classes,
            Staff staff,
            Lawbook lawbook,
            BusinessClock clock,
            Audit audit,
            EntityManager entities,
            PlatformTransactionManager transactions) {
        this.sheets = sheets;
        this.roster = roster;
        this.contacts = contacts;
        this.classes = classes;
        this.staff = staff;
        this.lawbook = lawbook;
        this.clock = clock;
        this.audit = audit;
        this.entities = entities;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Says what an import would do, and does nothing.
     *
     * @param told asked for each row that adds, changes or is rejected, in the order of the file
     */
    public Result look(InputStream file, Consumer<Found> told) throws Unreadable, IOException {
        return run(file, told, null);
    }

    /**
     * Enters a roster in the association at work.
     *
     * @param by who does it: a username, or {@code system}
     */
    public Result enter(InputStream file, String by, Consumer<Found> told) throws Unreadable, IOException {
        return run(file, told, by);
    }

    private Result run(InputStream file, Consumer<Found> told, @Nullable String by) throws Unreadable, IOException {
        Exception[] failed = {null};
        Result result = transaction.execute(status -> {
            Run run = new Run(told, by);
            try {
                sheets.read(file, run::take);
                run.finish();
            } catch (Unreadable | IOException e) {
                failed[0] = e;
            }
            if (by == null || failed[0] != null || run.rejected > 0) {
                status.setRollbackOnly();
            } else if (run.added + run.changed > 0) {
                audit.note(by, "roster-imported", null, "导入名册：新增" + run.added + "家，变更" + run.changed + "家");
            }
            return run.result();
        });
        if (failed[0] instanceof Unreadable unreadable) {
            throw unreadable;
        }
        if (failed[0] instanceof IOException broken) {
            throw broken;
        }
        return Objects.requireNonNull(result);
    }

    /** Writes an empty workbook with the columns that are read, what may be chosen, and how to fill it in. */
    public void template(OutputStream out) throws IOException {
        Rulebook book = lawbook.of(clock.today());
        List<String> teachers = staff.teachers().stream().map(StaffMember::name).toList();
        List<Table.Column> columns = Stream.of(Field.values())
                .map(field -> new Table.Column(
                        field.title(),
                        field.width(),
                        switch (field) {
                            case KIND -> List.of("单位", "个人");
                            case GRADE ->
                                book.grades().stream().map(Rulebook.Grade::name).toList();
                            // A list longer than this does not fit into a cell's rule.
                            case TEACHER -> String.join(",", teachers).length() > 200 ? List.of() : teachers;
                            default -> List.of();
                        }))
                .toList();
        List<List<?>> help = Stream.of(Field.values())
                .<List<?>>map(field -> List.of(field.title(), field.needed() ? "必填" : "可空", field.help()))
                .toList();
        sheets.write(
                out,
                List.of(
                        new Table("会员", columns, List.of()),
                        new Table(
                                Scribbles.HELP,
                                List.of(Table.Column.of("列", 24), Table.Column.of("要求", 8), Table.Column.of("怎么填", 80)),
                                help)));
    }

    /** One import under way. */
    private final class Run {

        private final Consumer<Found> told;
        private final @Nullable String by;
        private final Scribbles scribbles;
        private final List<Scribbles.Row> waiting = new ArrayList<>();
        private final OptionalInt most = classes.most();
        /** Of each class teacher, with the rows so far: what they move away makes room for later ones. */
        private final Map<Long, Integer> sizes = most.isEmpty() ? new HashMap<>() : classes.sizes();

        private int added;
        private int changed;
        private int same;
        private int rejected;

        Run(Consumer<Found> told, @Nullable String by) {
            this.told = told;
            this.by = by;
            Map<String, Long> teachers = new HashMap<>();
            for (StaffMember teacher : staff.teachers()) {
                teachers.put(teacher.username(), teacher.id());
                teachers.put(teacher.name(), teacher.id());
            }
            this.scribbles = new Scribbles(lawbook.of(clock.today()), teachers, clock.today());
        }

        Result result() {
            return new Result(added, changed, same, rejected, by != null && rejected == 0 && added + changed > 0);
        }

        boolean take(Line line) {
            Scribbles.Row row = scribbles.read(line);
            if (row != null) {
                waiting.add(row);
            }
            if (waiting.size() >= STRETCH) {
                settle();
            }
            return true;
        }

        void finish() {
            settle();
            if (added + changed + same + rejected == 0) {
                tell(new Found(Sign.REJECTED, "会员", 1, null, "表里没有会员；请从第2行起填写，一行一家"));
                rejected++;
            }
        }

        private void tell(Found found) {
            told.accept(found);
        }

        private void settle() {
            List<String> codes = waiting.stream()
                    .map(row -> row.get(Field.CODE))
                    .filter(code -> !code.isEmpty())
                    .toList();
            List<String> names =
                    waiting.stream().map(row -> row.get(Field.NAME)).toList();
            List<Member> known = roster.known(codes, names);
            Map<String, Member> byCode = known.stream()
                    .filter(one -> one.uscc() != null)
                    .collect(Collectors.toMap(one -> String.valueOf(one.uscc()), one -> one, (a, b) -> a));
            Map<String, List<Member>> byName = known.stream().collect(Collectors.groupingBy(Member::name));
            Map<Long, List<Contact>> people =
                    contacts.ofAll(known.stream().map(Member::id).toList());
            List<NewMember> newcomers = new ArrayList<>();
            for (Scribbles.Row row : waiting) {
                row.meet(byCode.get(row.get(Field.CODE)), byName.getOrDefault(row.get(Field.NAME), List.of()));
                Member met = row.known();
                row.speak(met == null ? List.of() : people.getOrDefault(met.id(), List.of()));
                most.ifPresent(limit -> row.join(sizes, limit));
                if (!row.faults().isEmpty()) {
                    rejected++;
                    row.faults().forEach(this::tell);
                    continue;
                }
                Member there = row.known();
                if (there == null) {
                    added++;
                    newcomers.add(row.newcomer());
                    tell(row.found(Sign.ADDED, row.summary()));
                    continue;
                }
                List<String> what = row.changes(there, people.getOrDefault(there.id(), List.of()));
                if (what.isEmpty()) {
                    same++;
                } else {
                    changed++;
                    tell(row.found(Sign.CHANGED, there.name() + "：" + String.join("，", what)));
                    change(row, there, people.getOrDefault(there.id(), List.of()), what);
                }
            }
            waiting.clear();
            enter(newcomers);
            if (by != null) {
                entities.flush();
            }
            entities.clear();
        }

        private void enter(List<NewMember> newcomers) {
            String actor = by;
            if (actor == null || rejected > 0 || newcomers.isEmpty()) {
                return;
            }
            for (Member entered : roster.enterAll(newcomers)) {
                audit.note(actor, "member-entered", entered.id(), entered.name() + "（导入）");
            }
        }

        private void change(Scribbles.Row row, Member there, List<Contact> people, List<String> what) {
            String actor = by;
            if (actor == null || rejected > 0) {
                return;
            }
            LocalDate today = clock.today();
            String name = row.get(Field.NAME);
            if (!name.equals(there.name())) {
                roster.record(
                        there.id(), Entry.of(EntryKind.DATA, today, "", actor).with("name", name));
            }
            String code = row.get(Field.CODE);
            if (!code.isEmpty() && !code.equals(there.uscc())) {
                roster.identify(there.id(), code);
            }
            String address = row.get(Field.ADDRESS);
            if (!address.isEmpty() && !address.equals(there.data().get("address"))) {
                roster.record(
                        there.id(), Entry.of(EntryKind.DATA, today, "", actor).with("address", address));
            }
            row.people(there.kind()).forEach(person -> {
                if (Scribbles.differs(person, people)) {
                    contacts.put(there.id(), person.role(), person.name(), person.phone());
                }
            });
            Long teacher = row.teacher();
            if (teacher != null && !teacher.equals(there.teacherId())) {
                Rulebook.Teacher rule = lawbook.of(today).teacher();
                Outcome<Member> given =
                        classes.assign(there.id(), teacher, actor, rule == null ? List.of() : rule.cite());
                given.get();
            }
            audit.note(actor, "member-changed", there.id(), String.join("，", what) + "（导入）");
        }
    }
}
