package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes applications for admission: puts whoever applies on the roster, and files its case. */
@Component
class Admissions {

    private final CaseBook book;
    private final Tracks tracks;
    private final Progress progress;
    private final Openings openings;
    private final Intake intake;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Admissions(
            CaseBook book,
            Tracks tracks,
            Progress progress,
            Openings openings,
            Intake intake,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Audit audit,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.progress = progress;
        this.openings = openings;
        this.intake = intake;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.audit = audit;
        this.events = events;
    }

    /** Takes an application for admission, from a newcomer or somebody who comes back. */
    Outcome<CaseView> apply(Application application) {
        Rulebook rules = law.of(clock.today());
        Member former = former(application);
        Refusal refusal = intake.refusal(application, former);
        if (refusal != null) {
            Long known = former == null ? null : former.id();
            audit.refused(application.by(), "application-refused", known, refusal);
            return Outcome.refused(refusal);
        }
        LocalDate today = clock.today();
        String grade = application.grade() != null ? application.grade() : entryGrade(rules, application.kind());
        LocalDate from = later(
                intake.decidableFrom(former),
                intake.approvableFrom(application.kind(), application.facts().penalties()));
        long member = former == null ? newcomer(application, grade) : comesBack(former, application, grade);
        CaseRow file = new CaseRow("admission", member, application.name(), today, application.by());
        Map<String, String> data = new LinkedHashMap<>(application.data());
        String wish = application.post();
        if (wish != null && rules.post(wish).isPresent()) {
            data.put("post", wish);
        }
        file.data(data);
        file.from(from);
        List<String> documents = application.documents();
        file.file(documents == null ? tracks.askedByName(rules, file, roster.get(member)) : documents);
        book.add(file, "filed", List.of(), "提出入会申请");
        audit.note(application.by(), "applied", member, application.name());
        for (Intake.Flag flag : intake.flags(application)) {
            events.publishEvent(Tell.of(flag.tell(), member, "application", application.name() + "：" + flag.says())
                    .cites(flag.cite()));
        }
        if (former != null) {
            openings.owing(file, former);
        }
        progress.filed(rules, file);
        return Outcome.done(book.view(file));
    }

    /** A penalty has come to light while an application is under way: read so, its approval waits (BACCA-7-b). */
    void punished(Member applicant, LocalDate on) {
        for (CaseRow file : book.openOf(applicant.id(), "admission")) {
            file.from(later(file.from(), intake.approvableFrom(applicant.kind(), List.of(on))));
        }
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private @Nullable Member former(Application application) {
        Long id = application.member();
        if (id != null) {
            return roster.get(id);
        }
        String code = application.uscc();
        return code == null ? null : roster.byUscc(Uscc.normal(code)).orElse(null);
    }

    private static String entryGrade(Rulebook rules, Kind kind) {
        return Questionnaire.grades(rules, kind).stream()
                .map(Rulebook.Grade::name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Rulebook " + rules.code() + " has no grade to enter"));
    }

    private long newcomer(Application application, String grade) {
        NewMember.Draft draft = NewMember.draft(application.name(), application.kind(), grade)
                .uscc(application.uscc() == null ? null : Uscc.normal(application.uscc()))
                .employer(application.employer());
        application.data().forEach(draft::data);
        Application.Facts facts = application.facts();
        if (facts.registration() != null) {
            draft.data("registration", facts.registration());
        }
        if (application.data().containsKey("liaison")) {
            draft.contact(
                    Role.LIAISON,
                    application.data().getOrDefault("liaison", ""),
                    application.data().getOrDefault("liaison-phone", ""));
        }
        if (application.data().containsKey("representative")) {
            draft.contact(
                    Role.REPRESENTATIVE,
                    application.data().getOrDefault("representative", ""),
                    application.data().getOrDefault("representative-phone", ""));
        }
        if (application.kind() == Kind.INDIVIDUAL) {
            draft.contact(Role.SELF, application.name(), application.data().getOrDefault("phone", ""));
        }
        return roster.enter(draft.done()).id();
    }

    private long comesBack(Member former, Application application, String grade) {
        if (former.uscc() == null && application.uscc() != null) {
            roster.identify(former.id(), application.uscc());
        }
        if (former.belongs()) {
            return former.id(); // it stays what it is until the new application is decided
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.of(EntryKind.APPLIED, clock.today(), "", application.by())
                .with("name", application.name())
                .with("grade", grade));
        Long employer = application.employer();
        if (employer != null && !employer.equals(former.employerId())) {
            entries.add(Entry.of(EntryKind.EMPLOYER, clock.today(), "", application.by())
                    .with("employer", employer.toString()));
        }
        roster.record(former.id(), entries.toArray(Entry[]::new));
        return former.id();
    }
}
