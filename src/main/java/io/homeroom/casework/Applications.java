package io.homeroom.casework;

import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Kind;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Fields whose answer is looked up on the roster. */
    private static final Set<String> LOOKED_UP =
            Set.of(Questionnaire.CODE, Questionnaire.NAME, Questionnaire.EMPLOYER, Questionnaire.BRANCH_OF);

    private final Lawbook law;
    private final BusinessClock clock;
    private final Drafts drafts;
    private final Proofreader proofreader;
    private final Applicants applicants;
    private final Cases cases;
    private final Enclosures enclosures;
    private final Attempts attempts;

    Applications(
            Lawbook law,
            BusinessClock clock,
            Drafts drafts,
            Proofreader proofreader,
            Applicants applicants,
            Cases cases,
            Enclosures enclosures,
            Attempts attempts) {
        this.law = law;
        this.clock = clock;
        this.drafts = drafts;
        this.proofreader = proofreader;
        this.applicants = applicants;
        this.cases = cases;
        this.enclosures = enclosures;
        this.attempts = attempts;
    }

    // ---- writing

    /** What is asked of whoever writes this draft. */
    @Transactional(readOnly = true)
    public Questionnaire questions(Draft draft) {
        return proofreader.questions(draft);
    }

    /** What a person has written so far; empty, and kept nowhere, if nothing. */
    @Transactional(readOnly = true)
    public Draft draft(String openid) {
        return drafts.find(openid);
    }

    /**
     * Saves answers, right or wrong: nobody shall type a thing twice. Fields that are not asked here are left out.
     *
     * @return the draft, or why nothing was saved
     */
    public Outcome<Draft> write(String openid, Map<String, String> answers) {
        Draft before = drafts.begin(openid);
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
        drafts.save(before.id(), fields);
        return Outcome.done(drafts.find(openid));
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
        Rulebook rules = law.of(clock.today());
        return List.of(Kind.UNIT, Kind.INDIVIDUAL).stream()
                .flatMap(kind -> Questionnaire.of(rules, kind, clock.today()).fields().stream())
                .anyMatch(field -> field.key().equals(key));
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
        Draft draft = drafts.begin(openid);
        drafts.save(draft.id(), draft.fields());
        return enclosures.add(draft.id(), null, document, openid, scan.get());
    }

    /** Takes a file out again. */
    public void takeOut(String openid, long enclosure) {
        Draft draft = drafts.begin(openid);
        enclosures.remove(draft.id(), enclosure);
    }

    /** Throws the draft away, with its files. */
    public void discard(String openid) {
        Draft draft = drafts.hold(openid);
        if (draft.id() != 0) {
            drafts.drop(draft.id());
        }
    }

    // ---- checking

    /**
     * What stands against the draft.
     *
     * @param whole whether what is missing counts too, as at filing
     */
    @Transactional(readOnly = true)
    public List<Draft.Fault> faults(Draft draft, boolean whole) {
        return proofreader.faults(draft, whole);
    }

    // ---- filing

    /** Files the draft, once: a second time answers the case that the first has made. */
    public Outcome<CaseView> file(String openid) {
        Draft draft = drafts.hold(openid);
        if (draft.id() == 0) {
            return applicants.filedBy(openid).stream()
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
        boolean comesBack = proofreader.former(draft) != null;
        Outcome<CaseView> outcome = cases.apply(proofreader.application(draft));
        if (outcome instanceof Outcome.Refused<CaseView>) {
            return outcome;
        }
        CaseView file = outcome.get();
        enclosures.handOver(draft.id(), file.id());
        drafts.drop(draft.id());
        applicants.filed(file, openid, draft, comesBack);
        return outcome;
    }

    // ---- afterwards

    /** Cases of the applications that a person has filed, oldest first. */
    @Transactional(readOnly = true)
    public List<CaseView> filedBy(String openid) {
        return applicants.filedBy(openid);
    }

    /** Whether a person has filed this application. */
    @Transactional(readOnly = true)
    public boolean filed(String openid, long caseId) {
        return applicants.has(openid, caseId);
    }
}
