package io.homeroom.care;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Counter;
import io.homeroom.casework.Opening;
import io.homeroom.desk.Card;
import io.homeroom.ground.Days;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a member reports of itself that has changed: what is known now is written beside it, papers that the bylaws ask for
 * come along, and it goes the way of the rulebook (IGRS-18-l, DSIA-8 to 10, BACCA-11, 25, AII-14-5, WHJX-8-4a). What was
 * said in chat waits as a draft for the page.
 */
@Service
@Transactional
public class Changes {

    /** The code of a change of the liaison's own number. */
    public static final String PHONE = "phone";

    /** Its name, as rulebooks and cases know it. */
    private static final String CHANGE = "change";

    /** The task of the class teacher who confirms a change. */
    public static final String NOTICE = "handover-notice";

    private static final String NUMBER = "\\+?[0-9][0-9 -]{5,18}[0-9]";
    private static final int KEPT_DAYS = 7;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final List<String> FIELDS = List.of(
            "liaison",
            "representative",
            "head",
            "address",
            "registered-address",
            "premises",
            "scope",
            "capital",
            PHONE);

    /** What the form is itself, where a bylaw asks for a change in writing. */
    private static final List<String> WRITTEN = List.of("书面通知", "更换申请");

    private final Counter counter;
    private final ChangeNews news;
    private final Roster roster;
    private final Contacts contacts;
    private final Lawbook law;
    private final Lockbox lockbox;
    private final JdbcClient jdbc;
    private final BusinessClock clock;

    Changes(
            Counter counter,
            ChangeNews news,
            Roster roster,
            Contacts contacts,
            Lawbook law,
            Lockbox lockbox,
            JdbcClient jdbc,
            BusinessClock clock) {
        this.counter = counter;
        this.news = news;
        this.roster = roster;
        this.contacts = contacts;
        this.law = law;
        this.lockbox = lockbox;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A field as people say it. */
    public static String word(String field) {
        return CaseWords.field(field);
    }

    /** Whether a member reported the change itself, as {@link #report} keeps it. */
    static boolean isReported(CaseView change) {
        return change.data().containsKey("was") && change.data().containsKey("from");
    }

    /** A change as a card: what it is, old beside new, and from which day. */
    public static Card card(Member member, CaseView change, LocalDate today) {
        Map<String, String> data = change.data();
        String was = data.getOrDefault("was", "");
        String from = data.getOrDefault("from", "");
        return Card.of(member.name(), "资料变更：" + word(data.getOrDefault("field", "")))
                .row("原为", was.isEmpty() ? "未登记" : was)
                .row("改为", data.getOrDefault("to", ""))
                .row("生效", from.isEmpty() ? "" : Days.said(LocalDate.parse(from), today));
    }

    /** A reported change in one sentence, old and new; empty for one that was entered otherwise. */
    public static String said(CaseView change, LocalDate today) {
        if (!isReported(change)) {
            return "";
        }
        Map<String, String> data = change.data();
        String was = data.getOrDefault("was", "");
        return word(data.getOrDefault("field", "")) + (was.isEmpty() ? "" : "由" + was) + "改为"
                + data.getOrDefault("to", "") + "，" + Days.said(LocalDate.parse(data.get("from")), today) + "起";
    }

    /** Whether what changes is a person, who has a number. */
    public static boolean isPerson(String field) {
        return Rulebook.isPerson(field);
    }

    /**
     * A thing that can change.
     *
     * @param now what is known of it; empty for nothing
     * @param cite the clauses of its change
     * @param papers documents that must come as a file
     * @param asksHead whether it must be said if the new person is the legal representative or principal head
     * @param offices the posts that the new person may go on holding, if the council confirms
     */
    public record Field(
            String code,
            String word,
            String now,
            List<String> cite,
            List<String> papers,
            boolean asksHead,
            List<String> offices) {}

    /** What this member may report; nothing where the bylaws have no way for it. */
    @Transactional(readOnly = true)
    public List<Field> open(Member member) {
        Rulebook rules = law.of(clock.today());
        if (rules.cases().get(CHANGE) == null) {
            return List.of();
        }
        List<Field> open = new ArrayList<>();
        List<Contact> people = contacts.of(member.id());
        FIELDS.stream().map(rules::changed).distinct().forEach(code -> {
            Rulebook.Change rule = rules.change(code);
            if (rule != null) {
                boolean one = rules.onePerson() && isPerson(code);
                open.add(new Field(
                        code,
                        one ? "联络员兼代表人" : word(code),
                        one ? both(people) : now(member, people, code),
                        rule.cite(),
                        rule.documents().stream()
                                .map(Track.Document::name)
                                .filter(name -> !WRITTEN.contains(name))
                                .toList(),
                        !rule.head().isEmpty(),
                        rules.offices(rule, member.posts())));
            }
        });
        return open;
    }

    /** Who is liaison and representative: one name, or two that are still to become one. */
    private static String both(List<Contact> people) {
        List<Contact> speak = people.stream()
                .filter(contact -> Rulebook.isPerson(contact.role().code())
                        && !contact.name().isEmpty())
                .toList();
        return speak.stream().map(Contact::name).distinct().count() > 1
                ? speak.stream()
                        .map(contact -> word(contact.role().code()) + contact.name())
                        .collect(Collectors.joining("、"))
                : speak.stream().findFirst().map(Contact::name).orElse("");
    }

    private static String now(Member member, List<Contact> people, String field) {
        Role role = field.equals("representative") ? Role.REPRESENTATIVE : Role.LIAISON;
        Optional<Contact> person =
                people.stream().filter(contact -> contact.role() == role).findFirst();
        return isPerson(field)
                ? person.map(Contact::name).orElse("")
                : field.equals(PHONE)
                        ? person.map(Contact::phone).map(Mask::phone).orElse("")
                        : member.data().getOrDefault(field, "");
    }

    /**
     * What is reported.
     *
     * @param to the new value, a person's name; for {@link #PHONE} the number
     * @param phone the new person's number; empty otherwise
     * @param from from which day it holds
     * @param head whether the new person is the legal representative or principal head
     * @param keepsOffice whether it goes on in the posts of the former one
     */
    public record Report(
            String field, String to, String phone, @Nullable LocalDate from, boolean head, boolean keepsOffice) {}

    /**
     * Reports a change, with the papers that it needs: all or nothing. Several faults are told at once.
     *
     * @param papers files by the names of documents
     */
    public Outcome<CaseView> report(long memberId, Report report, Map<String, byte[]> papers, String openid) {
        Member member = roster.get(memberId);
        String code = law.of(clock.today()).changed(report.field());
        Field field = open(member).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElse(null);
        if (field == null) {
            return Outcome.refused("请选要变更的事项");
        }
        List<String> wrong = wrong(field, report);
        if (!wrong.isEmpty()) {
            return Outcome.refused(String.join("；", wrong));
        }
        Map<String, String> data = new LinkedHashMap<>();
        boolean number = field.code().equals(PHONE);
        data.put("field", field.code());
        data.put("to", number ? Mask.phone(report.to()) : report.to());
        data.put("was", field.now());
        data.put("from", String.valueOf(report.from()));
        if (number || isPerson(field.code())) {
            // Case data lies open; numbers do not.
            data.put(PHONE, lockbox.seal(number ? report.to() : report.phone()));
        }
        if (field.asksHead()) {
            data.put("head", String.valueOf(report.head()));
        }
        if (!field.offices().isEmpty()) {
            data.put("keep-post", String.valueOf(report.keepsOffice()));
        }
        Map<String, byte[]> wanted = new LinkedHashMap<>(papers);
        wanted.keySet().retainAll(field.papers());
        Outcome<CaseView> opened = counter.open(
                new Opening(CHANGE, memberId, "", "member", List.of(), WRITTEN, data, List.of()), wanted, openid);
        if (opened.isDone()) {
            drop(openid, memberId);
            news.reported(opened.get(), member);
        }
        return opened;
    }

    private List<String> wrong(Field field, Report report) {
        boolean number = field.code().equals(PHONE);
        int most = isPerson(field.code()) ? 40 : 200;
        List<String> wrong = new ArrayList<>();
        if (number && !report.to().matches(NUMBER)) {
            wrong.add("请写新的电话，例如 13612342001");
        } else if (report.to().isEmpty() || report.to().length() > most) {
            wrong.add("请写新的内容，最多" + most + "个字");
        } else if (report.to().equals(field.now())) {
            wrong.add("新的内容和登记的一样");
        }
        if (isPerson(field.code()) && !report.phone().matches(NUMBER)) {
            wrong.add("请写" + field.word() + "的电话，例如 13612342001");
        }
        if (report.from() == null || report.from().isBefore(clock.today())) {
            wrong.add("生效日从今天起");
        }
        return wrong;
    }

    /** Keeps what was said for the page; the last words count. */
    public void keep(String openid, long memberId, Map<String, String> words) {
        drop(openid, memberId);
        jdbc.sql("delete from change_draft where association_id = :association and kept_on < :before")
                .param("association", Tenant.current())
                .param("before", clock.today().minusDays(KEPT_DAYS))
                .update();
        jdbc.sql("insert into change_draft (association_id, openid, member_id, content, kept_on)"
                        + " values (:association, :openid, :member, :content, :day)")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("member", memberId)
                .param("content", lockbox.seal(JSON.writeValueAsString(words)))
                .param("day", clock.today())
                .update();
    }

    /** What waits for the page: {@code field}, {@code to}, {@code phone}, {@code from}, as far as they were said. */
    @Transactional(readOnly = true)
    public Map<String, String> draft(String openid, long memberId) {
        return jdbc.sql("select content from change_draft where association_id = :association and openid = :openid"
                        + " and member_id = :member and kept_on >= :since")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("member", memberId)
                .param("since", clock.today().minusDays(KEPT_DAYS))
                .query(String.class)
                .optional()
                .map(text -> JSON.readValue(lockbox.open(text), TEXTS))
                .orElse(Map.of());
    }

    private void drop(String openid, long memberId) {
        jdbc.sql("delete from change_draft where association_id = :association and openid = :openid"
                        + " and member_id = :member")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("member", memberId)
                .update();
    }
}
