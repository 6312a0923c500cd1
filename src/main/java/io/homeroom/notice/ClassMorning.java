package io.homeroom.notice;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.Duty;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A class teacher's morning: what the night has to say of members of the class comes as one message on working days, not
 * as one for each member. What was told stays on record for each member and shares the message's fate.
 */
@Component
class ClassMorning implements Duty {

    static final String ABOUT = "class-morning";

    /** Of so many members each has a line; of more, names are given. */
    private static final int LINES = 8;

    private static final int NAMES = 10;

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final MorningPost post;
    private final Staff staff;
    private final Roster roster;

    ClassMorning(EntityManager entities, JdbcClient jdbc, MorningPost post, Staff staff, Roster roster) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.post = post;
        this.staff = staff;
        this.roster = roster;
    }

    @Override
    public String name() {
        return ABOUT;
    }

    /** After all that tells class teachers something. */
    @Override
    public int order() {
        return 905;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return post.next(after);
    }

    @Override
    public void run(LocalDate day) {
        post.write(() -> {
            Map<String, List<NoticeRow>> own = new LinkedHashMap<>();
            entities.createQuery(
                            "from NoticeRow where channel = 'digest' and digestId is null and address <> '' order by"
                                    + " id",
                            NoticeRow.class)
                    .getResultStream()
                    .forEach(row -> own.computeIfAbsent(row.person(), same -> new ArrayList<>())
                            .add(row));
            own.forEach((person, rows) -> write(day, person, rows));
        });
    }

    private void write(LocalDate day, String person, List<NoticeRow> rows) {
        List<Notice> lines = rows.stream().map(NoticeRow::view).toList();
        NoticeRow row = new NoticeRow(
                Tell.of(person, null, ABOUT, text(day, person, lines))
                        .cites(lines.stream()
                                .flatMap(line -> line.clauses().stream())
                                .distinct()
                                .toList())
                        .once(ABOUT + ":" + rows.get(0).id()),
                person,
                person,
                Channel.WECOM,
                rows.get(0).address(),
                post.now(),
                post.hour(day));
        entities.persist(row);
        entities.flush();
        jdbc.sql("update notice set digest_id = :digest where association_id = :a and id in (:lines)")
                .param("digest", row.id())
                .param("a", Tenant.current())
                .param("lines", rows.stream().map(NoticeRow::id).toList())
                .update();
    }

    private String text(LocalDate day, String person, List<Notice> lines) {
        List<Notice> reminders =
                lines.stream().filter(ClassMorning::speaksOfMoney).toList();
        List<Notice> others =
                lines.stream().filter(line -> !speaksOfMoney(line)).toList();
        Map<Long, Member> members = roster.findAll(
                lines.stream().map(Notice::memberId).filter(Objects::nonNull).collect(Collectors.toSet()));
        List<String> text = new ArrayList<>();
        text.add(name(person) + MorningPost.DAY.format(day) + "班里的事：");
        others.stream().limit(LINES).forEach(line -> text.add(line.text() + cited(line.clauses())));
        rest(others, members).ifPresent(text::add);
        if (!reminders.isEmpty()) {
            text.add("会费逾期未到账"
                    + reminders.stream().map(Notice::memberId).distinct().count() + "家，今天提醒会员"
                    + cited(reminders.get(0).clauses()) + "：");
            reminders.stream().limit(LINES).forEach(line -> text.add(owed(line, members, day)));
            rest(reminders, members).ifPresent(text::add);
            text.add("回复「欠费」，每家一张卡片");
        }
        return String.join("\n", text);
    }

    private String name(String person) {
        return staff.find(Long.parseLong(person.substring("staff:".length())))
                .map(StaffMember::name)
                .map(name -> name + "，")
                .orElse("");
    }

    private static boolean speaksOfMoney(Notice line) {
        return line.about().equals("reminder") && line.data().containsKey("amountFen");
    }

    private static String owed(Notice line, Map<Long, Member> members, LocalDate day) {
        String due = line.data().get("dueOn");
        String held = line.data().getOrDefault("held", "");
        return name(line, members) + " " + new Money(Long.parseLong(line.data().get("amountFen")))
                + (due == null ? "" : "，" + Days.said(LocalDate.parse(due), day) + "到期")
                + (held.isEmpty() ? "" : "（" + held + "）");
    }

    private static Optional<String> rest(List<Notice> lines, Map<Long, Member> members) {
        if (lines.size() <= LINES) {
            return Optional.empty();
        }
        List<Notice> rest = lines.subList(LINES, lines.size());
        return Optional.of("另有" + rest.size() + "家："
                + rest.stream().limit(NAMES).map(line -> name(line, members)).collect(Collectors.joining("、"))
                + (rest.size() > NAMES ? "等" : ""));
    }

    private static String name(Notice line, Map<Long, Member> members) {
        Member member = members.get(line.memberId());
        return member == null ? "" : member.name();
    }

    private static String cited(List<String> clauses) {
        return clauses.isEmpty()
                ? ""
                : "〔" + clauses.stream().map(Clauses::label).distinct().collect(Collectors.joining("、")) + "〕";
    }
}
