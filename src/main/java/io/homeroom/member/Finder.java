package io.homeroom.member;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds members by what somebody remembers of a name: a part of it, a short form (江建 for 江城建工), pinyin in full or its
 * initials, a character of like sound, or a name with a slip. Works inside a tenant.
 */
@Service
public class Finder implements Ticker {

    private static final int BATCH = 500;
    /** Points from which a name was hit by a part of it and not by its letters scattered. */
    private static final int LIKE_A_PART = 70;

    private static final double LIKE_ENOUGH = 0.62;

    private final JdbcClient jdbc;
    private final Roster roster;

    Finder(JdbcClient jdbc, Roster roster) {
        this.jdbc = jdbc;
        this.roster = roster;
    }

    /**
     * Among whom somebody looks.
     *
     * @param teachers members of these class teachers; null for everybody
     * @param branches and those of these branches
     */
    public record Among(@Nullable List<Long> teachers, List<String> branches) {

        private boolean nobody() {
            return teachers != null && teachers.isEmpty() && branches.isEmpty();
        }

        private String condition() {
            if (teachers == null) {
                return "";
            }
            List<String> either = new ArrayList<>();
            if (!teachers.isEmpty()) {
                either.add("m.teacher_id in (:teachers)");
            }
            if (!branches.isEmpty()) {
                either.add("exists (select 1 from member_branch b where b.association_id = m.association_id"
                        + " and b.member_id = m.id and b.branch in (:branches))");
            }
            return String.join(" or ", either);
        }
    }

    private record Sound(long member, String letters, String sound, String initials) {}

    /**
     * Members whose name is like what was typed, the likeliest first; those that do not belong any more come last.
     *
     * @param among among whom
     * @param limit at most so many
     */
    @Transactional
    public List<Member> find(String typed, Among among, int limit) {
        String letters = Pinyin.letters(typed);
        if (letters.isEmpty() || among.nobody()) {
            return List.of();
        }
        catchUp();
        Map<Long, Integer> points = new HashMap<>();
        for (Sound sound : candidates(letters, among)) {
            points.put(sound.member(), points(letters, sound));
        }
        if (points.isEmpty()) {
            points.putAll(alike(letters, among));
        }
        List<Long> best = points.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Long, Integer> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(limit * 2L + 10)
                .map(Map.Entry::getKey)
                .toList();
        Map<Long, Member> members = roster.findAll(best);
        List<Member> found = new ArrayList<>();
        best.stream().map(members::get).filter(Objects::nonNull).forEach(found::add);
        found.sort(Comparator.comparing((Member member) -> !member.belongs()));
        return found.size() > limit ? List.copyOf(found.subList(0, limit)) : List.copyOf(found);
    }

    /** Whether what was typed is this member's name and leaves no doubt. */
    public boolean isName(String typed, Member member) {
        return Pinyin.letters(typed).equals(Pinyin.letters(member.name()));
    }

    /**
     * Whether what was typed may be taken for this member without asking: its letters stand in the name in their order, or
     * at least three characters sound like a part of it, or it is pinyin or initials. A slip, or one sound alike, may be
     * chance.
     */
    public boolean isMeant(String typed, Member member) {
        String letters = Pinyin.letters(typed);
        String name = Pinyin.letters(member.name());
        Sound sound = new Sound(member.id(), name, Pinyin.sound(member.name()), Pinyin.initials(member.name()));
        return letters.length() >= 2 && inOrder(letters, name)
                || letters.length() >= (Pinyin.hasHan(letters) ? 3 : 2) && points(letters, sound) >= LIKE_A_PART;
    }

    private static boolean inOrder(String letters, String name) {
        int at = -1;
        for (int i = 0; i < letters.length(); i++) {
            at = name.indexOf(letters.charAt(i), at + 1);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private List<Sound> candidates(String letters, Among among) {
        String scattered = String.join(
                "%", letters.codePoints().mapToObj(Character::toString).toList());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("letters", "%" + letters + "%");
        facts.put("scattered", "%" + scattered + "%");
        String where = "s.letters like :letters or s.letters like :scattered";
        if (Pinyin.hasHan(letters)) {
            where += " or s.sound like :sound";
            facts.put("sound", "%" + Pinyin.sound(letters).split("\\|", 2)[0] + "%");
        } else if (letters.chars().allMatch(c -> c < 128)) {
            where += " or s.initials like :letters";
            if (letters.length() >= 3) {
                where += " or s.initials like :scattered or s.sound like :sound";
                facts.put("sound", "%" + Pinyin.folded(letters) + "%");
            }
        }
        return query(" and (" + where + ")", facts, among, 300);
    }

    /** What no pattern finds: the whole stretch is looked through for a name with a slip, as nothing else could tell. */
    private Map<Long, Integer> alike(String letters, Among among) {
        Map<Long, Integer> points = new HashMap<>();
        if (letters.length() < 3) {
            return points;
        }
        String sound = Pinyin.hasHan(letters) ? Pinyin.sound(letters).split("\\|", 2)[0] : Pinyin.folded(letters);
        long after = 0;
        List<Sound> stretch;
        do {
            stretch = query(" and s.member_id > :after", Map.of("after", after), among, 2000);
            for (Sound other : stretch) {
                after = other.member();
                double alike = 0;
                for (String reading : other.sound().split("\\|")) {
                    alike = Math.max(alike, Similarity.within(sound, reading));
                }
                if (alike >= LIKE_ENOUGH) {
                    points.put(other.member(), (int) (alike * 40));
                }
            }
        } while (stretch.size() == 2000);
        return points;
    }

    private List<Sound> query(String condition, Map<String, Object> facts, Among among, int limit) {
        String narrowed = among.condition();
        JdbcClient.StatementSpec query = jdbc.sql(
                        "select s.member_id, s.letters, s.sound, s.initials from member_sound s"
                                + (narrowed.isEmpty()
                                        ? ""
                                        : " join member m on m.association_id = s.association_id and m.id = s.member_id"
                                                + " and (" + narrowed + ")")
                                + " where s.association_id = :association" + condition
                                + " order by s.member_id limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit);
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            query = query.param(fact.getKey(), fact.getValue());
        }
        if (narrowed.contains(":teachers")) {
            query = query.param("teachers", among.teachers());
        }
        if (narrowed.contains(":branches")) {
            query = query.param("branches", among.branches());
        }
        return query.query((row, n) -> new Sound(
                        row.getLong("member_id"),
                        row.getString("letters"),
                        row.getString("sound"),
                        row.getString("initials")))
                .list();
    }

    private static int points(String letters, Sound sound) {
        if (sound.letters().equals(letters)) {
            return 100;
        }
        if (sound.letters().startsWith(letters) || starts(sound.initials(), letters)) {
            return 90;
        }
        if (sound.letters().contains(letters)) {
            return 85;
        }
        if (sound.initials().contains(letters)) {
            return 80;
        }
        String folded = Pinyin.hasHan(letters) ? Pinyin.sound(letters).split("\\|", 2)[0] : Pinyin.folded(letters);
        if (starts(sound.sound(), folded)) {
            return 75;
        }
        return sound.sound().contains(folded) ? 70 : 50;
    }

    private static boolean starts(String readings, String letters) {
        for (String reading : readings.split("\\|")) {
            if (reading.startsWith(letters)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever was entered since the last look; keys grow with time. */
    private void catchUp() {
        List<Map.Entry<Long, String>> fresh;
        do {
            fresh = named("id > coalesce((select max(member_id) from member_sound where association_id ="
                    + " :association), 0)");
            fresh.forEach(one -> write(one.getKey(), one.getValue()));
        } while (fresh.size() == BATCH);
    }

    private List<Map.Entry<Long, String>> named(String condition) {
        return jdbc.sql("select id, name from member where association_id = :association and " + condition
                        + " order by id limit " + BATCH)
                .param("association", Tenant.current())
                .query((row, n) -> Map.entry(row.getLong("id"), row.getString("name")))
                .list();
    }

    private void write(long member, String name) {
        jdbc.sql("insert into member_sound (association_id, member_id, letters, sound, initials)"
                        + " values (:association, :member, :letters, :sound, :initials)"
                        + " on duplicate key update letters = :letters, sound = :sound, initials = :initials")
                .param("association", Tenant.current())
                .param("member", member)
                .param("letters", Pinyin.letters(name))
                .param("sound", Pinyin.sound(name))
                .param("initials", Pinyin.initials(name))
                .update();
    }

    /** A new name sounds differently. */
    @EventListener
    @Transactional
    public void on(MemberChanged changed) {
        String name = changed.entry().data().get("name");
        if (changed.entry().kind() == EntryKind.DATA && name != null) {
            roster.find(changed.member()).ifPresent(member -> write(member.id(), member.name()));
        }
    }

    @Override
    public String name() {
        return "member-sounds";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    /** Brings in whoever another node entered at the same moment with a smaller key, or the import of an old roster. */
    @Override
    @Transactional
    public void tick() {
        named("not exists (select 1 from member_sound s where s.association_id = member.association_id"
                        + " and s.member_id = member.id)")
                .forEach(one -> write(one.getKey(), one.getValue()));
    }
}
