package io.homeroom.notice;

import io.homeroom.desk.Morning;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.Duty;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The secretariat's morning: on every working day one message to its group, with what happened since the last one, what is
 * due and what is late. Names yes, amounts no. What falls on rest days is in the next working day's.
 */
@Component
class Digest implements Duty {

    static final String ABOUT = "digest";

    private static final int NAMES = 8;
    private static final int LINES = 12;
    /** A robot's text holds 2,048 bytes; some room is left for the link. */
    private static final int LONGEST = 600;

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final MorningPost post;
    private final Tasks tasks;
    private final Roster roster;
    private final ObjectProvider<Morning> rooms;

    Digest(
            EntityManager entities,
            JdbcClient jdbc,
            MorningPost post,
            Tasks tasks,
            Roster roster,
            ObjectProvider<Morning> rooms) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.post = post;
        this.tasks = tasks;
        this.roster = roster;
        this.rooms = rooms;
    }

    @Override
    public String name() {
        return ABOUT;
    }

    /** The last of a night, so that it knows what the others did. */
    @Override
    public int order() {
        return 900;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return post.next(after);
    }

    @Override
    public void run(LocalDate day) {
        post.write(() -> write(day));
    }

    private void write(LocalDate day) {
        String association = Tenant.current();
        String key = ABOUT + ":" + day;
        if (post.isWritten(key)) {
            return;
        }
        Optional<LocalDateTime> robotBusyUntil = absorbUnsent(association);
        List<Notice> lines = entities.createQuery(
                        "from NoticeRow where channel = 'digest' and digestId is null and address = '' order by id",
                        NoticeRow.class)
                .getResultStream()
                .map(NoticeRow::view)
                .toList();
        Tell tell = Tell.of("秘书处", null, ABOUT, text(day, lines)).once(key);
        NoticeRow row = new NoticeRow(tell, "秘书处", "秘书处", Channel.ROBOT, "", post.now(), post.hour(day));
        entities.persist(row);
        entities.flush();
        robotBusyUntil.ifPresent(
                until -> jdbc.sql("update notice set retry_at = :until where association_id = :a and id = :id")
                        .param("until", until)
                        .param("a", association)
                        .param("id", row.id())
                        .update());
        jdbc.sql("update notice set digest_id = :digest where association_id = :a and channel = 'digest'"
                        + " and digest_id is null and address = ''")
                .param("digest", row.id())
                .param("a", association)
                .update();
    }

    /**
     * A digest that could not be sent yet is not sent beside the new one: its lines come along.
     *
     * @return until when the robot asked to be left alone, if it did
     */
    private Optional<LocalDateTime> absorbUnsent(String association) {
        record Unsent(long id, @Nullable LocalDateTime retryAt) {}
        List<Unsent> unsent = jdbc.sql("select id, retry_at from notice where association_id = :a and about = :about"
                        + " and channel = 'robot' and state = 'waiting' and claimed_by is null for update skip locked")
                .param("a", association)
                .param("about", ABOUT)
                .query((found, number) ->
                        new Unsent(found.getLong("id"), found.getObject("retry_at", LocalDateTime.class)))
                .list();
        if (unsent.isEmpty()) {
            return Optional.empty();
        }
        List<Long> ids = unsent.stream().map(Unsent::id).toList();
        jdbc.sql("update notice set digest_id = null where association_id = :a and channel = 'digest' and"
                        + " digest_id in (:unsent)")
                .param("a", association)
                .param("unsent", ids)
                .update();
        jdbc.sql("delete from notice where association_id = :a and id in (:unsent)")
                .param("a", association)
                .param("unsent", ids)
                .update();
        return unsent.stream().map(Unsent::retryAt).filter(Objects::nonNull).max(Comparator.naturalOrder());
    }

    private String text(LocalDate day, List<Notice> lines) {
        List<String> text = rooms.stream()
                .sorted(Comparator.comparingInt(Morning::order))
                .map(room -> room.line(day))
                .flatMap(Optional::stream)
                .map(Amounts::hide)
                .collect(Collectors.toCollection(ArrayList::new));
        List<Task> late = tasks.search(
                TaskSearch.unfinished().dueThrough(day.minusDays(1)).page(0, 500));
        List<Task> today = tasks.search(TaskSearch.unfinished().dueThrough(day).page(0, 500)).stream()
                .filter(task -> day.equals(task.due()))
                .toList();
        int lost = OwnUndelivered.lost(jdbc, day);
        if (!today.isEmpty()) {
            text.add("今天到期：" + kinds(today));
        }
        if (!late.isEmpty()) {
            text.add("逾期：" + kinds(late));
        }
        Map<String, List<Notice>> groups = new LinkedHashMap<>();
        for (Notice line : lines) {
            // What rests on other clauses, or has a title of its own, is another matter, though it be told by the same
            // name.
            groups.computeIfAbsent(line.about() + line.clauses() + Headings.of(line), kind -> new ArrayList<>())
                    .add(line);
        }
        Map<Long, Member> members = roster.findAll(
                lines.stream().map(Notice::memberId).filter(Objects::nonNull).collect(Collectors.toSet()));
        groups.forEach((kind, group) -> text.add(line(group, members)));
        if (lost > 0) {
            text.add("通知未送达或未确认：" + lost);
        }
        if (text.isEmpty()) {
            return MorningPost.DAY.format(day) + "：没有需要处理的事。";
        }
        StringBuilder whole = new StringBuilder("今日办件 ").append(MorningPost.DAY.format(day));
        int shown = 0;
        for (String line : text) {
            if (shown == LINES || whole.length() + line.length() > LONGEST) {
                whole.append("\n……另有").append(text.size() - shown).append("项，见控制台");
                break;
            }
            whole.append('\n').append(line);
            shown++;
        }
        return whole.append("\n打开控制台 ").append(post.console()).toString();
    }

    /** One line for what was told of a kind: the words themselves if it was one thing, else its name, number and names. */
    private static String line(List<Notice> group, Map<Long, Member> members) {
        Notice first = group.get(0);
        List<String> names = group.stream()
                .map(Notice::memberId)
                .filter(Objects::nonNull)
                .map(members::get)
                .filter(Objects::nonNull)
                .map(Member::name)
                .distinct()
                .toList();
        if (group.size() == 1 || names.isEmpty()) {
            String more = group.size() == 1 ? "" : "（等" + group.size() + "项）";
            return shortened(Amounts.hide(first.text())) + more;
        }
        String clause = first.clauses().isEmpty()
                ? ""
                : "〔" + Clauses.label(first.clauses().get(0)) + "〕";
        return Headings.of(first) + group.size() + clause + "：" + names(names);
    }

    private static String shortened(String text) {
        String flat = text.replace('\n', ' ');
        return flat.length() <= 120 ? flat : flat.substring(0, 120) + "……";
    }

    private static String names(List<String> names) {
        String shown = names.stream().limit(NAMES).collect(Collectors.joining("、"));
        return names.size() <= NAMES ? shown : shown + "等" + names.size() + "家";
    }

    private static String kinds(List<Task> tasks) {
        return tasks.stream()
                .collect(Collectors.groupingBy(
                        task -> Headings.task(task.what()), LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + kind.getValue())
                .collect(Collectors.joining("、"));
    }
}
