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
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Duty;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The morning of each colleague who holds an office or keeps the money: on working days one message in WeCom with what is
 * late, due and waiting for it, every line leading to its page. Who has nothing before it hears nothing.
 */
@Component
class OwnDigest implements Duty {

    static final String ABOUT = "morning";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日 EEE", Locale.CHINA);
    private static final int MOST = 500;

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Staff staff;
    private final Tasks tasks;
    private final NoticeSettings settings;
    private final Outbox outbox;
    private final ObjectProvider<OwnMorning> rooms;
    private final String baseUrl;

    OwnDigest(
            EntityManager entities,
            TransactionTemplate transaction,
            BusinessClock clock,
            Calendars calendars,
            Staff staff,
            Tasks tasks,
            NoticeSettings settings,
            Outbox outbox,
            ObjectProvider<OwnMorning> rooms,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String baseUrl) {
        this.entities = entities;
        this.transaction = transaction;
        this.clock = clock;
        this.calendars = calendars;
        this.staff = staff;
        this.tasks = tasks;
        this.settings = settings;
        this.outbox = outbox;
        this.rooms = rooms;
        this.baseUrl = baseUrl;
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
        return settings.atOnce()
                ? Optional.empty()
                : Optional.of(calendars.current().roll(after.plusDays(1)));
    }

    @Override
    public void run(LocalDate day) {
        transaction.executeWithoutResult(status -> staff.all().stream()
                .filter(StaffMember::active)
                .filter(who -> who.wecomUserId() != null)
                .filter(who -> !who.offices().isEmpty() || who.roles().contains(Role.FINANCE))
                .forEach(who -> write(day, who)));
        if (!outbox.isAsleep()) {
            outbox.poke();
        }
    }

    private void write(LocalDate day, StaffMember who) {
        String key = ABOUT + ":" + day + ":" + who.id();
        boolean written = !entities.createQuery("select id from NoticeRow where noticeKey = :key", Long.class)
                .setParameter("key", key)
                .getResultList()
                .isEmpty();
        List<OwnMorning.Line> lines = written ? List.of() : lines(day, who);
        if (lines.isEmpty()) {
            return;
        }
        String console = baseUrl + "/console/" + Tenant.current() + "/";
        String text = lines.stream()
                .map(line -> line.text() + " <a href=\"" + console + line.path() + "\">打开</a>")
                .collect(Collectors.joining("\n", who.name() + "，" + DAY.format(day) + "要办的：\n", ""));
        Instant morning =
                day.atTime(settings.digestAt()).atZone(BusinessClock.ZONE).toInstant();
        entities.persist(new NoticeRow(
                Tell.of(who.address(), null, ABOUT, text).once(key),
                who.address(),
                who.address(),
                Channel.WECOM,
                String.valueOf(who.wecomUserId()),
                clock.instant(),
                morning));
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
