package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applications that people write themselves, in WeChat: saved as they go, one for each person and association, checked
 * while they are written, filed once. Whoever filed one may see its case, and speaks for the member that comes of it.
 */
@Service
@Transactional
public class Applications {

    /** Who files, in evidence and log. */
    static final String APPLICANT = "applicant";

    private static final int LONGEST = 120;
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    /** Fields whose answer is looked up on the roster. */
    private static final Set<String> LOOKED_UP =
            Set.of(Questionnaire.CODE, Questionnaire.NAME, Questionnaire.EMPLOYER, Questionnaire.BRANCH_OF);

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Contacts contacts;
    private final Bindings bindings;
    private final Intake intake;
    private final Cases cases;
    private final Enclosures enclosures;
    private final Attempts attempts;
    private final Audit audit;
    private final int keepDays;

    Applications(
            JdbcClient jdbc,
            Lockbox lockbox,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Intake intake,
            Cases cases,
            Enclosures enclosures,
            Attempts attempts,
            Audit audit,
            @Value("${homeroom.applications.keep-drafts-days:30}") int keepDays) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.contacts = contacts;
        this.bindings = bindings;
        this.intake = intake;
        this.cases = cases;
        this.enclosures = enclosures;
        this.attempts = attempts;
        this.audit = audit;
        this.keepDays = keepDays;
    }

    // ---- writing

    /** What is asked of whoever writes this draft. */
    @Transactional(readOnly = true)
    public Questionnaire questions(Draft draft) {
        return Questionnaire.of(rules(), draft.kind(), clock.today());
    }

    /** What a person has written so far; empty, and kept nowhere, if nothing. */
    @Transactional(readOnly = true)
    public Draft draft(String openid) {
        return read(openid, "");
    }

    private Draft read(String openid, String lock) {
        return jdbc.sql("select id, fields, touched_on from draft where association_id = :association"
                        + " and openid = :openid" + lock)
                .param("association", Tenant.current())
                .param("openid", openid)
                .query((row, n) -> new Draft(
                        row.getLong("id"),
                        Json.map(lockbox.open(row.getString("fields"))),
                        enclosures.ofDraft(row.getLong("id")),
                        row.getObject("touched_on", LocalDate.class).plusDays(keepDays)))
                .optional()
                .orElseGet(() -> new Draft(0, Map.of(), List.of(), null));
    }

    /**
     * Saves answers, right or wrong: nobody shall type a thing twice. Fields that are not asked here are left out.
     *
     * @return the draft, or why nothing was saved
     */
    public Outcome<Draft> write(String openid, Map<String, String> answers) {
        Draft before = locked(openid);
        Map<String, String> fields = new LinkedHashMap<>(before.fields());
        boolean asks = false;
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            String key = answer.getKey();
            String value = clean(key, answer.getValue());
            if (!known(key, value)) {
                continue;
            }
            boolean changed = !value.equals(before.get(key));
            asks |= changed && !value.isEmpty() && LOOKED_UP.contains(key);
            fields.put(key, value);
        }
        if (asks && !attempts.count(openid, Attempts.What.LOOKUP)) {
            return Outcome.refused("今天改得太多次了，明天再填，或请秘书处协助");
        }
        fields.values().removeIf(String::isEmpty);
        save(before.id(), fields);
        return Outcome.done(read(openid, ""));
    }

    private static String clean(String key, String typed) {
        String text = typed.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (key.equals(Questionnaire.CODE)) {
            text = Uscc.normal(text);
        } else if (key.endsWith("phone")) {
            text = text.replaceAll("[\\s　-]", "");
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private boolean known(String key, String value) {
        if (key.equals(Questionnaire.KIND)) {
            return value.equals(Kind.UNIT.code()) || value.equals(Kind.INDIVIDUAL.code());
        }
        if (key.equals(Questionnaire.DECLARED)) {
            return value.isEmpty() || value.equals("yes");
        }
        return List.of(Kind.UNIT, Kind.INDIVIDUAL).stream()
                .flatMap(kind -> Questionnaire.of(rules(), kind, clock.today()).fields().stream())
                .anyMatch(field -> field.key().equals(key));
    }

    /** The draft, made if need be and locked, so that two phones do not overwrite each other. */
    private Draft locked(String openid) {
        Draft there = read(openid, " for update");
        if (there.id() != 0) {
            return there;
        }
        try {
            jdbc.sql("insert into draft (association_id, id, openid, fields, touched_on)"
                            + " values (:association, :id, :openid, :fields, :day)")
                    .param("association", Tenant.current())
                    .param("id", Ids.next())
                    .param("openid", openid)
                    .param("fields", lockbox.seal(Json.write(Map.of())))
                    .param("day", clock.today())
                    .update();
        } catch (DuplicateKeyException raced) {
            // Somebody was faster with the same phone: theirs is as good.
        }
        return read(openid, " for update");
    }

    private void save(long id, Map<String, String> fields) {
        jdbc.sql("update draft set fields = :fields, touched_on = :day"
                        + " where association_id = :association and id = :id")
                .param("fields", lockbox.seal(Json.write(fields)))
                .param("day", clock.today())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
    }

    /** Adds a picture or PDF to the draft. */
    public Outcome<Enclosure> enclose(String openid, String document, byte[] upload) {
        Questionnaire asked = questions(draft(openid));
        if (asked.papers().stream().noneMatch(paper -> paper.name().equals(document))) {
            return Outcome.refused("这里不用交“" + document + "”");
        }
        Outcome<Scan> scan = enclosures.look(openid, upload);
        if (scan instanceof Outcome.Refused<Scan> refused) {
            return Outcome.refused(refused.refusal());
        }
        Draft draft = locked(openid);
        save(draft.id(), draft.fields());
        return enclosures.add(draft.id(), null, document, openid, scan.get());
    }

    /** Takes a file out again. */
    public void takeOut(String openid, long enclosure) {
        Draft draft = locked(openid);
        enclosures.remove(draft.id(), enclosure);
    }

    /** Throws the draft away, with its files. */
    public void discard(String openid) {
        Draft draft = read(openid, " for update");
        if (draft.id() != 0) {
            drop(draft.id());
        }
    }

    private void drop(long id) {
        enclosures.removeOfDraft(id);
        jdbc.sql("delete from draft where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .update();
    }

    // ---- checking

    /**
     * What stands against the draft.
     *
     * @param whole whether what is missing counts too, as at filing
     */
    @Transactional(readOnly = true)
    public List<Draft.Fault> faults(Draft draft, boolean whole) {
        Rulebook rules = rules();
        Questionnaire asked = questions(draft);
        List<Draft.Fault> faults = new ArrayList<>();
        Kind wish = draft.kind();
        if (wish != null && !asked.kinds().contains(wish)) {
            Rulebook.KindRule rule = rules.kinds().get(wish.code());
            faults.add(new Draft.Fault(
                    Questionnaire.KIND,
                    wish == Kind.INDIVIDUAL ? "只接受单位会员，不接受个人申请" : "不接受单位申请",
                    rule == null ? List.of() : rule.cite(),
                    null));
        }
        for (Questionnaire.Field field : asked.fields()) {
            String value = draft.get(field.key());
            String wrong =
                    value.isEmpty() ? (whole && field.required() ? "请填写" + field.label() : null) : wrong(field, value);
            if (wrong != null) {
                faults.add(new Draft.Fault(field.key(), wrong, value.isEmpty() ? field.cite() : List.of(), null));
            }
        }
        Set<String> bad = faults.stream().map(Draft.Fault::field).collect(java.util.stream.Collectors.toSet());
        Application application = application(draft, asked);
        for (Rulebook.Check check : rules.apply()) {
            String field = Questionnaire.STATED.get(check.on());
            boolean said =
                    field != null && !bad.contains(field) && !draft.get(field).isEmpty();
            Refusal failed = said && check.tell() == null ? intake.failed(check, application) : null;
            if (field != null && failed != null) {
                faults.add(fault(field, failed));
            }
        }
        if (!bad.contains(Questionnaire.CODE)) {
            onRoster(draft).ifPresent(faults::add);
        }
        if (whole
                && !asked.requirements().isEmpty()
                && draft.get(Questionnaire.DECLARED).isEmpty()) {
            faults.add(new Draft.Fault(Questionnaire.DECLARED, "请确认符合入会条件", List.of(), null));
        }
        if (whole) {
            gates(draft, asked).ifPresent(faults::add);
        }
        return faults;
    }

    private static Draft.Fault fault(String field, Refusal refusal) {
        LocalDate from = refusal.from();
        String says = refusal.reason() + (from == null ? "" : "；" + Days.dated(from) + "起可以申请");
        return new Draft.Fault(field, says, refusal.clauses(), from);
    }

    private static @Nullable String wrong(Questionnaire.Field field, String value) {
        return switch (field.input()) {
            case CODE ->
                value.length() != 18
                        ? "信用代码是18位，这里有" + value.length() + "位"
                        : Uscc.isValid(value) ? null : "信用代码的校验位对不上，请照营业执照再核一遍";
            case IDENTITY -> identity(value) ? null : "身份证号对不上，请照证件再核一遍";
            case PHONE -> MOBILE.matcher(value).matches() ? null : "请填11位手机号";
            case YES_NO -> value.equals("yes") || value.equals("no") ? null : "请选择是或否";
            case CHOICE -> field.options().contains(value) ? null : "请在列出的里面选";
            case DATE -> day(value) == null ? "日期写成 2025-03-12 的样子" : null;
            case TEXT -> value.length() < 2 ? "太短了，请写全" : null;
        };
    }

    /** The check character of GB 11643. */
    private static boolean identity(String value) {
        if (!value.matches("\\d{17}[\\dX]")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (value.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return "10X98765432".charAt(sum % 11) == value.charAt(17);
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    /** Who is on the roster already cannot come anew. */
    private Optional<Draft.Fault> onRoster(Draft draft) {
        Member known = former(draft);
        if (known != null) {
            Refusal taken = intake.taken(known);
            return taken == null
                    ? Optional.empty()
                    : Optional.of(new Draft.Fault(
                            Questionnaire.CODE,
                            taken.reason() + (known.belongs() ? "；要查询请向班主任索取绑定二维码" : ""),
                            taken.clauses(),
                            taken.from()));
        }
        boolean namesake = !draft.get(Questionnaire.NAME).isEmpty()
                && draft.kind() != Kind.INDIVIDUAL
                && roster.known(List.of(), List.of(draft.get(Questionnaire.NAME))).stream()
                        .anyMatch(other -> other.belongs() || other.standing() == Standing.APPLICANT);
        return namesake
                ? Optional.of(
                        new Draft.Fault(Questionnaire.NAME, "名册上已有同名单位；如果就是贵单位，请向班主任索取绑定二维码，不用再申请", List.of(), null))
                : Optional.empty();
    }

    private @Nullable Member former(Draft draft) {
        String code = draft.get(Questionnaire.CODE);
        return code.isEmpty() ? null : roster.byUscc(code).orElse(null);
    }

    private static Optional<Draft.Fault> gates(Draft draft, Questionnaire asked) {
        return asked.papers().stream()
                .filter(paper -> paper.gate()
                        && draft.papers().stream()
                                .noneMatch(one -> one.document().equals(paper.name())))
                .findFirst()
                .map(paper -> new Draft.Fault(
                        "paper:" + paper.name(), "须先提交" + paper.name() + "，才能递交申请", paper.cite(), null));
    }

    private Application application(Draft draft, Questionnaire asked) {
        boolean unit = asked.kind() == Kind.UNIT;
        LocalDate penalty = day(draft.get("penalty"));
        Application.Facts facts = new Application.Facts(
                !draft.get("visited").equals("no"),
                false,
                !draft.get(Questionnaire.REPRESENTATIVE).isEmpty(),
                !draft.get(Questionnaire.LIAISON).isEmpty(),
                blank(draft.get("region")),
                draft.get("organ").equals("yes"),
                !draft.get("political-rights").equals("no"),
                unit && penalty != null ? List.of(penalty) : List.of(),
                unit ? idOf(draft.get(Questionnaire.BRANCH_OF)) : null,
                draft.get(Questionnaire.BRANCH_OF).isEmpty(),
                null);
        Map<String, String> data = new LinkedHashMap<>();
        for (String field : List.of("region", "penalty", Questionnaire.BRANCH_OF)) {
            if (unit && !draft.get(field).isEmpty()) {
                data.put(field, draft.get(field));
            }
        }
        if (!draft.get(Questionnaire.DECLARED).isEmpty()) {
            data.put(Questionnaire.DECLARED, clock.today().toString());
        }
        Set<String> questions =
                asked.fields().stream().map(Questionnaire.Field::key).collect(java.util.stream.Collectors.toSet());
        return new Application(
                null,
                draft.get(Questionnaire.NAME),
                asked.kind(),
                questions.contains(Questionnaire.GRADE) ? blank(draft.get(Questionnaire.GRADE)) : null,
                questions.contains(Questionnaire.POST) ? blank(draft.get(Questionnaire.POST)) : null,
                questions.contains(Questionnaire.CODE) ? blank(draft.get(Questionnaire.CODE)) : null,
                unit ? null : idOf(draft.get(Questionnaire.EMPLOYER)),
                draft.papers().stream().map(Enclosure::document).distinct().toList(),
                facts,
                data,
                APPLICANT);
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable Long idOf(String name) {
        return name.isEmpty()
                ? null
                : roster.known(List.of(), List.of(name)).stream()
                        .filter(member -> member.belongs() && member.kind() == Kind.UNIT)
                        .map(Member::id)
                        .findFirst()
                        .orElse(null);
    }

    // ---- filing

    /** Files the draft, once: a second time answers the case that the first has made. */
    public Outcome<CaseView> file(String openid) {
        Draft draft = read(openid, " for update");
        if (draft.id() == 0) {
            return filedBy(openid).stream()
                    .filter(CaseView::isOpen)
                    .reduce((earlier, later) -> later)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("没有写到一半的申请，请从头填写"));
        }
        List<Draft.Fault> faults = faults(draft, true);
        if (!faults.isEmpty()) {
            Draft.Fault first = faults.get(0);
            return Outcome.refused(new Refusal(first.clauses(), first.says(), first.from()));
        }
        Questionnaire asked = questions(draft);
        boolean comesBack = former(draft) != null;
        Outcome<CaseView> outcome = cases.apply(application(draft, asked));
        if (outcome instanceof Outcome.Refused<CaseView>) {
            return outcome;
        }
        CaseView file = outcome.get();
        enclosures.handOver(draft.id(), file.id());
        drop(draft.id());
        Map<String, String> people = new LinkedHashMap<>();
        for (String field : List.of(
                Questionnaire.LIAISON,
                Questionnaire.LIAISON_PHONE,
                Questionnaire.REPRESENTATIVE,
                Questionnaire.REPRESENTATIVE_PHONE,
                Questionnaire.PHONE)) {
            if (!draft.get(field).isEmpty()) {
                people.put(field, draft.get(field));
            }
        }
        jdbc.sql("insert into applicant (association_id, case_id, openid, contact, bound)"
                        + " values (:association, :case, :openid, :contact, :bound)")
                .param("association", Tenant.current())
                .param("case", file.id())
                .param("openid", openid)
                .param("contact", lockbox.seal(Json.write(people)))
                .param("bound", false)
                .update();
        // Who comes back has a past that a stranger with its public code must not read: bound when it is admitted.
        if (!comesBack) {
            bind(file, openid, people);
        }
        return outcome;
    }

    private void bind(CaseView file, String openid, Map<String, String> people) {
        long id = Objects.requireNonNull(file.memberId());
        Member member = roster.get(id);
        Contact contact;
        if (member.kind() == Kind.INDIVIDUAL) {
            contact = contacts.put(id, Role.SELF, member.name(), people.getOrDefault(Questionnaire.PHONE, ""));
        } else {
            String representative = people.get(Questionnaire.REPRESENTATIVE);
            if (representative != null) {
                contacts.put(
                        id,
                        Role.REPRESENTATIVE,
                        representative,
                        people.getOrDefault(Questionnaire.REPRESENTATIVE_PHONE, ""));
            }
            contact = contacts.put(
                    id,
                    Role.LIAISON,
                    people.getOrDefault(Questionnaire.LIAISON, ""),
                    people.getOrDefault(Questionnaire.LIAISON_PHONE, ""));
        }
        bindings.bindTo(contact.id(), openid);
        jdbc.sql("update applicant set bound = 1 where association_id = :association and case_id = :case")
                .param("association", Tenant.current())
                .param("case", file.id())
                .update();
        audit.note(
                APPLICANT,
                "bound",
                id,
                contact.name() + "提出入会申请，登记为" + contact.role().word());
    }

    /** Somebody who came back has been admitted: from now on it is reached by whom its application names. */
    @EventListener
    void decided(CaseDecided event) {
        CaseView file = event.decided();
        if (!file.type().equals("admission") || !file.outcome().equals(CaseRow.APPROVED)) {
            return;
        }
        jdbc.sql("select openid, contact from applicant where association_id = :association and case_id = :case"
                        + " and bound = 0")
                .param("association", Tenant.current())
                .param("case", file.id())
                .query((row, n) -> Map.entry(row.getString("openid"), row.getString("contact")))
                .optional()
                .ifPresent(found -> bind(file, found.getKey(), Json.map(lockbox.open(found.getValue()))));
    }

    // ---- afterwards

    /** Cases of the applications that a person has filed, oldest first. */
    @Transactional(readOnly = true)
    public List<CaseView> filedBy(String openid) {
        return jdbc
                .sql("select case_id from applicant where association_id = :association and openid = :openid"
                        + " order by case_id")
                .param("association", Tenant.current())
                .param("openid", openid)
                .query(Long.class)
                .list()
                .stream()
                .flatMap(id -> cases.find(id).stream())
                .toList();
    }

    /** Whether a person has filed this application. */
    @Transactional(readOnly = true)
    public boolean filed(String openid, long caseId) {
        return jdbc.sql("select count(*) from applicant where association_id = :association and openid = :openid"
                                + " and case_id = :case")
                        .param("association", Tenant.current())
                        .param("openid", openid)
                        .param("case", caseId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Throws away drafts at which nobody has written for so long. */
    void forget(LocalDate day) {
        jdbc.sql("select id from draft where association_id = :association and touched_on < :before")
                .param("association", Tenant.current())
                .param("before", day.minusDays(keepDays))
                .query(Long.class)
                .list()
                .forEach(this::drop);
    }

    /** The day on which the oldest draft has been kept long enough. */
    @Transactional(readOnly = true)
    Optional<LocalDate> nextToForget() {
        return jdbc.sql("select min(touched_on) as oldest from draft where association_id = :association")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", LocalDate.class)))
                .single()
                .map(oldest -> oldest.plusDays(keepDays + 1L));
    }

    private Rulebook rules() {
        return law.of(clock.today());
    }
}
