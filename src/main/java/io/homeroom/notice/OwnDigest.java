package io.homeroom.notice;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Duty;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The morning of each colleague who holds an office or keeps the money: on working days one message in WeCom with what is
 * late, due and waiting for it, every line leading to its page. Who has nothing before it hears nothing.
 */
@Component
class OwnDigest implements Duty {

    static final String ABOUT = "morning";

    private static final int MOST = 500;

    private final EntityManager entities;
    private final MorningPost post;
    private final Staff staff;
    private final Tasks tasks;
    private final ObjectProvider<OwnMorning> rooms;

    OwnDigest(EntityManager entities, MorningPost post, Staff staff, Tasks tasks, ObjectProvider<OwnMorning> rooms) {
        this.entities = entities;
        this.post = post;
        this.staff = staff;
        this.tasks = tasks;
        this.rooms = rooms;
    }

    @Override
    public String name() {
        return ABOUT;
    }

    /** After the group's. */
    @Override
    public int order() {
        return 910;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return post.next(after);
    }

    @Override
    public void run(LocalDate day) {
        post.write(() -> staff.all().stream()
                .filter(StaffMember::active)
                .filter(who -> who.wecomUserId() != null)
                .filter(who -> !who.offices().isEmpty() || who.roles().contains(Role.FINANCE))
                .forEach(who -> write(day, who)));
    }

    private void write(LocalDate day, StaffMember who) {
        String key = ABOUT + ":" + day + ":" + who.id();
        List<OwnMorning.Line> lines = post.isWritten(key) ? List.of() : lines(day, who);
        if (lines.isEmpty()) {
            return;
        }
        String console = post.console() + "/" + Tenant.current() + "/";
        String text = lines.stream()
                .map(line -> line.text() + " <a href=\"" + console + line.path() + "\">打开</a>")
                .collect(Collectors.joining("\n", who.name() + "，" + MorningPost.DAY.format(day) + "要办的：\n", ""));
        entities.persist(new NoticeRow(
                Tell.of(who.address(), null, ABOUT, text).once(key),
                who.address(),
                who.address(),
                Channel.WECOM,
                String.valueOf(who.wecomUserId()),
                post.now(),
                post.hour(day)));
    }

    private List<OwnMorning.Line> lines(LocalDate day, StaffMember who) {
        List<Task> due = new ArrayList<>();
        List<String> addressees = new ArrayList<>(who.offices());
        addressees.add(who.address());
        for (String addressee : addressees) {
            due.addAll(tasks.search(
                    TaskSearch.unfinished().to(addressee).dueThrough(day).page(0, MOST)));
        }
        List<OwnMorning.Line> lines = new ArrayList<>();
        kinds(due, task -> task.overdue(day))
                .ifPresent(kinds -> lines.add(new OwnMorning.Line("逾期：" + kinds, "desk?state=overdue")));
        kinds(due, task -> day.equals(task.due()))
                .ifPresent(kinds -> lines.add(new OwnMorning.Line("今天到期：" + kinds, "desk?due=today")));
        rooms.stream()
                .sorted(Comparator.comparingInt(OwnMorning::order))
                .forEach(room -> lines.addAll(room.lines(day, who)));
        return lines;
    }

    private static Optional<String> kinds(List<Task> tasks, Predicate<Task> which) {
        Map<String, Long> kinds = tasks.stream()
                .filter(which)
                .collect(Collectors.groupingBy(
                        task -> Headings.task(task.what()), LinkedHashMap::new, Collectors.counting()));
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(kinds.entrySet().stream()
                        .map(kind -> kind.getKey() + kind.getValue())
                        .collect(Collectors.joining("、")));
    }
}
