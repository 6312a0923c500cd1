package io.homeroom.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Reports;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Seats;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.schedule.Nights;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold whatever happens; {@code -Dhomeroom.seed=…} tries other histories than the usual ones. */
@OnFiveRulebooks
@Import(Post.class)
@DisplayName("随机但可重复的经历，在真实的表上都守规则")
class HistoriesTest {

    private static final long SEED = Long.getLong("homeroom.seed", 42);
    private static final int MEMBERS = 12;
    private static final Pattern ID = Pattern.compile("\\d{10,}");

    @Autowired
    Roster roster;

    @Autowired
    Review review;

    @Autowired
    List<Duty> duties;

    @Autowired
    Nights nights;

    @Autowired
    BusinessClock clock;

    @Autowired
    Cases cases;

    @Autowired
    Reports reports;

    @Autowired
    Tasks tasks;

    @Autowired
    Seats seats;

    @Autowired
    Bills bills;

    @Autowired
    Activities activities;

    @Autowired
    Till till;

    @Autowired
    Lawbook law;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void everythingArrives() {
        Post.lost = key -> false;
    }

    @ParameterizedTest
    @DisplayName("只看到期会员的夜间检视，与每天全部重看，结果相同")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "whjx"})
    void lookingAtThoseDueEqualsLookingAtAll(String code) {
        Rulebook book = law.of(code, LocalDate.of(2026, 1, 1));
        LocalDate from = LocalDate.of(2026, 3, 25);
        LocalDate to = LocalDate.of(2026, 7, 5);
        List<Set<String>> results = new ArrayList<>();
        for (String way : List.of("-due", "-all")) {
            String association = code + way;
            law.put(association, book);
            List<Member> members = entered(association, book, from, MEMBERS);
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                LocalDate today = day;
                in(association, () -> {
                    clock.restart(today.atStartOfDay());
                    if (way.equals("-all")) {
                        roster.touchAll(members.stream().map(Member::id).toList());
                    }
                    duties.stream().filter(d -> d.name().equals("dues")).forEach(d -> d.run(today));
                    review.run(today);
                    clock.restart(today.atTime(LocalTime.NOON));
                    happen(today, members);
                    return true;
                });
            }
            results.add(followed(association, members));
        }
        assertThat(results.get(0)).as("seed %d", SEED).isEqualTo(results.get(1)).hasSizeGreaterThan(10);
    }

    /** The same members for the same seed. */
    private List<Member> entered(String association, Rulebook book, LocalDate day, int count) {
        Random random = new Random(SEED);
        return in(association, () -> {
            clock.restart(day.atStartOfDay());
            activities.offered(day.minusDays(200));
            activities.offered(day.minusDays(500));
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Rulebook.Grade grade =
                        book.grades().get(random.nextInt(book.grades().size()));
                Kind kind = "individual".equals(grade.kind()) ? Kind.INDIVIDUAL : Kind.UNIT;
                LocalDate joined = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1500));
                members.add(roster.enter(NewMember.draft("会员" + i, kind, grade.name())
                        .joined(joined)
                        .number(true)
                        .paidThrough(LocalDate.of(2024 + random.nextInt(2), 12, 31))
                        .done()));
            }
            for (Member member : members) {
                if (random.nextBoolean()) {
                    activities.record(day.minusDays(250 + random.nextInt(200)), List.of(member.id()), "test");
                }
            }
            return members;
        });
    }

    /** What happens at noon, the same on the same day. */
    private void happen(LocalDate day, List<Member> members) {
        Random random = new Random(SEED + day.toEpochDay());
        Member one = members.get(random.nextInt(MEMBERS));
        switch (random.nextInt(8)) {
            case 0 ->
                till.receive(
                        one.id(),
                        Money.ofYuan(100L * (1 + random.nextInt(300))),
                        Method.CASH,
                        clock.instant(),
                        null,
                        "会费",
                        null,
                        "test");
            case 1 -> activities.record(day, List.of(one.id()), "test");
            default -> {}
        }
    }

    private Set<String> followed(String association, List<Member> members) {
        List<Long> ids = members.stream().map(Member::id).toList();
        Set<String> all = new HashSet<>();
        jdbc.sql("select member_id, rule, done_on, consequence_key from consequence where association_id = :a")
                .param("a", association)
                .query(row -> {
                    String key = row.getString(4);
                    String occasion = row.getLong(1) == 0 ? "" : key.replaceAll("bill-\\d+", "bill");
                    all.add(ids.indexOf(row.getLong(1)) + " " + row.getString(2) + " " + row.getDate(3) + " "
                            + occasion);
                });
        return all;
    }

    @ParameterizedTest
    @DisplayName("没有事的日子跳过去，与天天都跑，结果相同")
    @CsvSource({
        "igrs,  2026-03-25, 2026-07-05, 20",
        "bacca, 2026-03-25, 2026-07-05, 20",
        // long enough for the last day of payment, what follows it, and the year after the one before
        "dsia,  2026-03-25, 2026-04-25, 20",
        "whjx,  2026-03-25, 2026-04-25, 20",
        // no dues: little comes about by itself
        "aii,   2025-12-25, 2026-01-25, 3",
    })
    void passingOverIdleDaysEqualsRunningThemAll(String code, LocalDate from, LocalDate to, int least) {
        Rulebook book = law.of(code, LocalDate.of(2026, 1, 1));
        List<Set<String>> results = new ArrayList<>();
        List<Integer> days = new ArrayList<>();
        for (String way : List.of("-daily", "-over")) {
            String association = code + way;
            law.put(association, book);
            List<Member> members = entered(association, book, from, MEMBERS);
            nights.catchUp(association, from);
            int ran = 1;
            LocalDate day = from;
            while (day.isBefore(to)) {
                LocalDate next = day.plusDays(1);
                if (way.equals("-over")) {
                    LocalDate happens = happensNext(next, to);
                    next = nights.nextDue(association, day)
                            .filter(due -> due.isBefore(happens))
                            .orElse(happens);
                }
                day = next;
                LocalDate today = day;
                clock.restart(today.atStartOfDay());
                if (way.equals("-over")) {
                    nights.catchUp(association, today);
                } else {
                    nights.again(association, today); // each duty, due or not
                }
                ran++;
                in(association, () -> {
                    clock.restart(today.atTime(LocalTime.NOON));
                    happen(today, members);
                    return true;
                });
            }
            days.add(ran);
            Set<String> all = followed(association, members);
            all.addAll(told(association, members));
            results.add(all);
        }
        assertThat(results.get(1)).as("seed %d", SEED).hasSizeGreaterThan(least);
        Set<String> missing = new TreeSet<>(results.get(0));
        missing.removeAll(results.get(1));
        Set<String> more = new TreeSet<>(results.get(1));
        more.removeAll(results.get(0));
        assertThat(missing).as("on days passed over, seed %d", SEED).isEmpty();
        assertThat(more).as("beside what every day brings, seed %d", SEED).isEmpty();
        assertThat(days.get(1)).as("days on which anything ran, seed %d", SEED).isLessThan(days.get(0) - 10);
    }

    /** The next day on which something happens at noon. */
    private static LocalDate happensNext(LocalDate from, LocalDate to) {
        LocalDate day = from;
        while (day.isBefore(to)) {
            Random random = new Random(SEED + day.toEpochDay());
            random.nextInt(MEMBERS);
            if (random.nextInt(8) < 2) {
                return day;
            }
            day = day.plusDays(1);
        }
        return day;
    }

    /** Who was told what on which day, but for what digests repeat, and which cases and tasks there are. */
    private Set<String> told(String association, List<Member> members) {
        List<Long> ids = members.stream().map(Member::id).toList();
        Set<String> all = new TreeSet<>();
        for (String rows : List.of(
                "select member_id, concat(addressee, ' ', about, ' ', body, ' ', cast(created_at as date)) from notice"
                        + " where association_id = :a and about <> 'digest'",
                "select member_id, concat(type, ' ', outcome, ' ', opened_on) from case_file where association_id"
                        + " = :a",
                "select member_id, concat(what, ' ', addressee, ' ', state, ' ', cast(opened_at as date)) from task"
                        + " where association_id = :a")) {
            jdbc.sql(rows).param("a", association).query(row -> {
                all.add(ids.indexOf(row.getLong(1)) + " " + row.getString(2));
            });
        }
        return all;
    }

    @ParameterizedTest
    @DisplayName("通知随机丢失、迟到、改寄信：没有送达（或寄送凭证）就不走重的一级，轻的一级不跳过")
    @ValueSource(strings = {"igrs", "dsia", "bacca"})
    void noSevereStageWithoutTheDeliveredNotice(String code) {
        Rulebook book = law.of(code, LocalDate.of(2026, 1, 1));
        String association = code + "-post";
        law.put(association, book);
        LocalDate from = LocalDate.of(2026, 3, 25);
        LocalDate to = LocalDate.of(2026, 7, 20);
        List<Long> members = entered(association, book, from, 3 * MEMBERS).stream()
                .map(Member::id)
                .toList();
        Post.lost = key -> clock.today().isBefore(arrival(key, members)) || !written(association, key);
        Random random = new Random(SEED);
        Set<String> checked = new HashSet<>();
        int waited = 0;
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            LocalDate today = day;
            clock.restart(today.atStartOfDay());
            Set<String> proven = in(association, () -> {
                Set<String> already = new HashSet<>();
                for (Task letter : tasks.search(TaskSearch.all().what("letter").page(0, 500))) {
                    if (letter.state() == Task.State.DONE) {
                        already.add(String.valueOf(letter.memberId()));
                    } else if (random.nextInt(10) == 0) {
                        tasks.done(letter.id(), List.of("寄送凭证"), "test").get();
                        already.add(String.valueOf(letter.memberId()));
                    }
                }
                return already;
            });
            in(association, () -> {
                duties.stream().filter(d -> d.name().equals("dues")).forEach(d -> d.run(today));
                review.run(today);
                return true;
            });
            waited = Math.max(waited, letters(association));
            for (Severe step : severe(association, book)) {
                if (checked.add(step.member() + " " + step.key())) {
                    assertThat(step.on()).isEqualTo(today);
                    assertThat(step.milderOn())
                            .as("the milder step before %s, seed %d", step, SEED)
                            .isNotNull()
                            .isBeforeOrEqualTo(step.on());
                    assertThat(arrived(association, step, members) || proven.contains(String.valueOf(step.member())))
                            .as("notice or letter before %s, seed %d", step, SEED)
                            .isTrue();
                }
            }
        }
        assertThat(checked).as("severe steps taken, seed %d", SEED).isNotEmpty();
        assertThat(waited).as("letters in place of lost notices, seed %d", SEED).isPositive();
    }

    /** A third arrives at once, a third some day, a third never. */
    private static LocalDate arrival(String key, List<Long> members) {
        String place = ID.matcher(key).replaceAll(id -> String.valueOf(members.indexOf(Long.valueOf(id.group()))));
        Random random = new Random(SEED * 31 + place.hashCode());
        return switch (random.nextInt(3)) {
            case 0 -> LocalDate.MIN;
            case 1 -> LocalDate.of(2026, 4, 1).plusDays(random.nextInt(120));
            default -> LocalDate.MAX;
        };
    }

    private boolean written(String association, String key) {
        return jdbc.sql("select count(*) from notice where association_id = :a and notice_key = :key")
                        .param("a", association)
                        .param("key", key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private int letters(String association) {
        return jdbc.sql("select count(*) from task where association_id = :a and what = 'letter'")
                .param("a", association)
                .query(Integer.class)
                .single();
    }

    /** A step that opened a case after a milder one. */
    private record Severe(
            long member,
            String key,
            LocalDate on,
            Watch milder,
            String milderKey,
            LocalDate milderOn,
            String speaker) {}

    private List<Severe> severe(String association, Rulebook book) {
        List<Severe> found = new ArrayList<>();
        for (Watch watch : book.watch()) {
            Optional<Watch> milder = book.watch().stream()
                    .filter(w -> w.id().equals(watch.after()))
                    .findFirst();
            if (milder.isEmpty() || watch.then().stream().noneMatch(act -> act.open() != null)) {
                continue;
            }
            jdbc.sql("select s.member_id, s.consequence_key, s.done_on, m.consequence_key, m.done_on, m.told_under"
                            + " from consequence s left join consequence m on m.association_id = s.association_id"
                            + " and m.member_id = s.member_id and m.rule = :milder and m.bill_id = s.bill_id"
                            + " where s.association_id = :a and s.rule = :severe")
                    .param("a", association)
                    .param("severe", watch.id())
                    .param("milder", milder.get().id())
                    .query(row -> {
                        found.add(new Severe(
                                row.getLong(1),
                                row.getString(2),
                                row.getObject(3, LocalDate.class),
                                milder.get(),
                                row.getString(4),
                                row.getObject(5, LocalDate.class),
                                row.getString(6)));
                    });
        }
        return found;
    }

    /** Whether a notice of the milder step that was written to somebody at the member has arrived, by the table itself. */
    private boolean arrived(String association, Severe step, List<Long> members) {
        String speaker = step.speaker() == null ? "review:" + step.member() + ":" + step.milderKey() : step.speaker();
        List<String> keys = jdbc.sql("select notice_key from notice where association_id = :a and member_id = :m"
                        + " and addressee in ('member', 'liaison', 'representative')")
                .param("a", association)
                .param("m", step.member())
                .query(String.class)
                .list();
        return keys.stream()
                .filter(key -> key != null && (key.equals(speaker) || key.startsWith(speaker + ":")))
                .anyMatch(key -> !clock.today().isBefore(arrival(key, members)));
    }

    @Test
    @DisplayName("IGRS-14、IGRS-18-e 升级、缴费、降级、退会、除名随机交错：核心会员从不超过十五名；恰好三分之二不通过")
    void theGradeIsNeverOverfull() {
        String association = "igrs-cap";
        law.put(association, law.of("igrs", LocalDate.of(2026, 1, 1)));
        LocalDate from = LocalDate.of(2026, 1, 5);
        Random random = new Random(SEED);
        List<Long> members = crowd(association, from, Map.of("核心会员", 14, "推广会员", 14));
        int full = 0;
        int exact = 0;
        for (int i = 0; i < 360; i++) {
            clock.restart(from.plusDays(i / 5).atTime(LocalTime.NOON));
            long one = members.get(random.nextInt(members.size()));
            exact += in(association, () -> stepOfIgrs(one, random)) ? 1 : 0;
            int held = in(association, () -> seats.held("核心会员"));
            int counted = jdbc.sql("select count(*) from member where association_id = :a and grade = '核心会员'"
                            + " and standing in ('active', 'suspended')")
                    .param("a", association)
                    .query(Integer.class)
                    .single();
            assertThat(counted).as("step %d, seed %d", i, SEED).isEqualTo(held).isLessThanOrEqualTo(15);
            full += counted == 15 ? 1 : 0;
        }
        assertThat(full).as("steps with all seats taken, seed %d", SEED).isPositive();
        assertThat(exact).as("votes of exactly two thirds, seed %d", SEED).isPositive();
    }

    /** One thing that may happen to a member; whether it was a vote of exactly the share. */
    private boolean stepOfIgrs(long one, Random random) {
        Member member = roster.get(one);
        boolean core = member.grade().equals("核心会员");
        List<CaseView> open =
                cases.of(one).stream().filter(c -> c.closedOn() == null).toList();
        if (open.isEmpty()) {
            if (!member.belongs()) {
                return false;
            }
            if (!core) {
                cases.open(Opening.byMember("upgrade", one, Map.of("to", "核心会员")));
            } else if (random.nextInt(10) == 0) {
                cases.open(
                        random.nextBoolean()
                                ? Opening.byMember("withdrawal", one, Map.of())
                                : new Opening(
                                        "downgrade",
                                        one,
                                        "",
                                        "秘书处",
                                        List.of("IGRS-23-1"),
                                        List.of(),
                                        Map.of("to", "推广会员"),
                                        List.of()));
            }
            return false;
        }
        CaseView file = open.get(random.nextInt(open.size()));
        String at = file.isOpen() && file.at() != null ? file.at() : "";
        switch (at) {
            case "核心会员大会" -> {
                int present = 3 * (1 + random.nextInt(5));
                int inFavour = Math.min(present, 2 * present / 3 + random.nextInt(4) - 1);
                CaseView after = cases.decide(
                                file.id(),
                                new Decision(at, false, null, null, present, inFavour, present - inFavour, "test"))
                        .get();
                boolean passed = after.at() == null || !after.at().equals("理事长");
                assertThat(passed)
                        .as("%d of %d, seed %d", inFavour, present, SEED)
                        .isEqualTo(3 * inFavour > 2 * present);
                return 3 * inFavour == 2 * present;
            }
            case "秘书处" -> cases.decide(file.id(), Decision.of(at, "approve", null, "test"));
            case "理事长" ->
                cases.decide(file.id(), Decision.of(at, random.nextBoolean() ? "approve" : "reject", "理由", "test"));
            default -> {
                Money owed = bills.owed(one);
                if (owed.fen() > 0) {
                    till.receive(one, owed, Method.CASH, clock.instant(), null, "会费", null, "test");
                }
            }
        }
        for (Task task : tasks.open(one)) {
            if (task.caseId() != null && random.nextBoolean()) {
                tasks.done(task.id(), List.of(), "test");
            }
        }
        return false;
    }

    @Test
    @DisplayName("DSIA-4 提名、当选、落选、辞去随机交错：理事、监事、常务理事、副会长、会长、监事长从不超过名额")
    void postsAreNeverOverfull() {
        String association = "dsia-cap";
        Rulebook book = law.of("dsia", LocalDate.of(2026, 1, 1));
        law.put(association, book);
        LocalDate from = LocalDate.of(2026, 1, 5);
        Random random = new Random(SEED);
        List<Long> members = crowd(association, from, Map.of("会员", 24));
        List<String> posts = List.of("理事", "监事", "副会长", "会长", "监事长", "常务理事");
        Set<String> full = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            clock.restart(from.plusDays(i / 5).atTime(LocalTime.NOON));
            long one = members.get(random.nextInt(members.size()));
            in(association, () -> {
                stepOfDsia(book, one, posts.get(random.nextInt(posts.size())), random);
                return true;
            });
            for (Rulebook.Post post : book.posts()) {
                int held = in(association, () -> seats.held(post.name()));
                Integer max = post.max();
                assertThat(held)
                        .as("%s after step %d, seed %d", post.name(), i, SEED)
                        .isLessThanOrEqualTo(max == null ? Integer.MAX_VALUE : max);
                if (max != null && held == max) {
                    full.add(post.name());
                }
            }
        }
        assertThat(full).as("posts that were full at some time, seed %d", SEED).contains("监事", "会长", "监事长");
    }

    private void stepOfDsia(Rulebook book, long one, String post, Random random) {
        List<CaseView> open = cases.of(one).stream().filter(CaseView::isOpen).toList();
        if (!open.isEmpty()) {
            CaseView file = open.get(0);
            String by =
                    book.post(file.data().getOrDefault("to", "")).orElseThrow().by();
            cases.decide(file.id(), Decision.of(by, random.nextInt(8) > 0 ? "approve" : "reject", "理由", "test"));
            return;
        }
        Member member = roster.get(one);
        if (!member.posts().isEmpty() && random.nextInt(12) == 0) {
            reports.resigned(one, member.posts().get(0), "test");
        } else {
            cases.open(Opening.byMember("nomination", one, Map.of("to", post)));
        }
    }

    @Test
    @DisplayName("WHJX-12 告知书没有寄送凭证、答复期没有过完，理事会怎么决定也取消不了资格；中间每一天都试")
    void nobodyIsPutOutBeforeThePostedLetterHasRun() {
        String association = "whjx-letter";
        Rulebook book = law.of("whjx", LocalDate.of(2026, 1, 1));
        law.put(association, book);
        long answerDays = Long.parseLong(book.reading("answer-days"));
        LocalDate from = LocalDate.of(2026, 3, 25);
        Random random = new Random(SEED);
        List<Long> members = entered(association, book, from, MEMBERS).stream()
                .map(Member::id)
                .toList();
        Map<Long, LocalDate> posted = new HashMap<>();
        Set<Long> out = new HashSet<>();
        int tooEarly = 0;
        for (int i = 0; i < 160; i++) {
            LocalDate today = from.plusDays(i / 2);
            clock.restart(today.atTime(LocalTime.NOON));
            if (i % 2 == 0) {
                nights.again(association, today);
            }
            long one = members.get(random.nextInt(members.size()));
            if (!out.contains(one) && in(association, () -> stepOfWhjx(one, posted, random))) {
                assertThat(posted).as("letters, step %d, seed %d", i, SEED).containsKey(one);
                assertThat(today)
                        .as("last day of the answer, step %d, seed %d", i, SEED)
                        .isAfter(posted.get(one).plusDays(answerDays));
                out.add(one);
            } else if (posted.containsKey(one)) {
                tooEarly++;
            }
        }
        assertThat(out).as("put out in the end, seed %d", SEED).isNotEmpty();
        assertThat(tooEarly)
                .as("tries within the days of the answer, seed %d", SEED)
                .isPositive();
    }

    /** Moves an exit on as far as somebody in a hurry can; whether the membership has ended. */
    private boolean stepOfWhjx(long one, Map<Long, LocalDate> posted, Random random) {
        for (Task letter : tasks.open(one)) {
            if (letter.what().equals("letter")) {
                boolean proof = random.nextBoolean();
                boolean done = tasks.done(letter.id(), proof ? List.of("寄送凭证") : List.of(), "test")
                        .isDone();
                assertThat(done)
                        .as("a letter counts as posted only with its proof")
                        .isEqualTo(proof);
                if (done) {
                    posted.putIfAbsent(one, clock.today()); // a second ground brings a second letter
                }
            }
        }
        for (CaseView file : cases.of(one)) {
            if (file.isOpen()) {
                cases.decide(file.id(), Decision.of("理事会", "approve", "理由", "test"));
            }
        }
        return !roster.get(one).belongs();
    }

    /** Paid-up members of many years, as many of each grade. */
    private List<Long> crowd(String association, LocalDate day, Map<String, Integer> grades) {
        return in(association, () -> {
            clock.restart(day.atStartOfDay());
            List<Long> ids = new ArrayList<>();
            grades.keySet().stream().sorted(Comparator.reverseOrder()).forEach(grade -> {
                for (int i = 0; i < grades.get(grade); i++) {
                    ids.add(roster.enter(NewMember.draft(grade + i, Kind.UNIT, grade)
                                    .joined(LocalDate.of(2019, 6, 1))
                                    .paidThrough(LocalDate.of(day.getYear(), 12, 31))
                                    .done())
                            .id());
                }
            });
            return ids;
        });
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }
}
