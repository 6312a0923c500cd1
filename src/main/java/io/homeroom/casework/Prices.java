package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.PriceTerms;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What members pay for places at events, by grade, size and standing, and the places they took (BACCA-27-4, 5, 7, 10). */
@Service
@Transactional
public class Prices {

    private static final long DEAREST = 100_000_000; // a million yuan: more is a slip of the pen

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Rights rights;
    private final JdbcClient jdbc;
    private final Audit audit;

    Prices(Lawbook law, BusinessClock clock, Roster roster, Rights rights, JdbcClient jdbc, Audit audit) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.rights = rights;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * What one member pays.
     *
     * @param of the key of the price
     * @param says the events that it is about
     * @param full what everybody pays
     * @param pays what this member pays
     */
    public record Quote(String of, String says, Money full, Money pays, List<String> clauses) {}

    /**
     * What one member has of a price, whatever the event costs.
     *
     * @param percent of the full price, 0 for free; 100 where it has no better price
     * @param branches the branches in whose events it has it; empty where it is for all events
     * @param refusal why it has none; empty where it has
     */
    public record Offer(
            String of,
            String says,
            int percent,
            List<String> branches,
            List<String> clauses,
            Optional<Refusal> refusal) {

        /** 免费, 原价的80%, or 按原价. */
        public String word() {
            return refusal.isPresent() || percent == 100 ? "按原价" : percent == 0 ? "免费" : "原价的" + percent + "%";
        }
    }

    /** Every price that the bylaws write, as it stands for a member today. */
    @Transactional(readOnly = true)
    public List<Offer> offers(long id) {
        Member member = roster.get(id);
        Rulebook book = law.of(clock.today());
        return book.prices().stream()
                .map(rule -> new Offer(
                        rule.of(),
                        rule.says(),
                        percent(book, rule, member),
                        rule.branch() ? Beside.of(member, "branch") : List.of(),
                        rule.cite(),
                        against(rule, member, null)))
                .toList();
    }

    /**
     * The price for one event.
     *
     * @param branch the branch that holds it; empty for the association itself
     * @return refused where the member has no better price than everybody, by which clauses
     */
    @Transactional(readOnly = true)
    public Outcome<Quote> quote(long id, String of, String branch, Money full) {
        Member member = roster.get(id);
        Rulebook book = law.of(clock.today());
        Rulebook.Price rule = book.prices().stream()
                .filter(one -> one.of().equals(of))
                .findFirst()
                .orElse(null);
        if (rule == null) {
            return Outcome.refused("制度没有写这类活动的会员价，请按原价收取");
        }
        if (full.fen() < 0 || full.fen() > DEAREST) {
            return Outcome.refused("原价须在0元与100万元之间，请核对");
        }
        Optional<Refusal> against = against(rule, member, branch);
        if (against.isPresent()) {
            return Outcome.refused(against.get());
        }
        return Outcome.done(new Quote(
                of,
                rule.says(),
                full,
                full.share(percent(book, rule, member), 100, RoundingMode.HALF_UP),
                rule.cite()));
    }

    /** Records that a member takes a place, at its price; the same place twice is refused. */
    public Outcome<Quote> take(long id, String of, String event, String branch, LocalDate day, Money full, String by) {
        String name = event.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (name.isEmpty() || name.length() > 120) {
            return Outcome.refused("请写活动名称，最多120字");
        }
        Outcome<Quote> outcome = quote(id, of, branch, full);
        if (outcome instanceof Outcome.Refused<Quote> refused) {
            audit.note(
                    by,
                    "use-refused",
                    id,
                    of + " " + name,
                    refused.refusal().clauses().toArray(String[]::new));
            return outcome;
        }
        Quote quote = outcome.get();
        try {
            jdbc.sql("insert into event_place (association_id, id, member_id, price_of, event, branch, held_on,"
                            + " full_fen, paid_fen, clauses, recorded_by) values (:association, :id, :member, :of,"
                            + " :event, :branch, :day, :full, :pays, :clauses, :by)")
                    .param("association", Tenant.current())
                    .param("id", Ids.next())
                    .param("member", id)
                    .param("of", of)
                    .param("event", name)
                    .param("branch", branch)
                    .param("day", day)
                    .param("full", full.fen())
                    .param("pays", quote.pays().fen())
                    .param("clauses", String.join(" ", quote.clauses()))
                    .param("by", by)
                    .update();
        } catch (DuplicateKeyException e) {
            return Outcome.refused(roster.get(id).name() + day + "的“" + name + "”已经登记过");
        }
        audit.note(
                by,
                "place",
                id,
                day + " " + name + "：原价" + full + "，会员价" + quote.pays(),
                quote.clauses().toArray(String[]::new));
        return outcome;
    }

    /** A place that a member took. */
    public record Place(LocalDate day, String event, String says, Money full, Money pays, List<String> clauses) {}

    /** The places that a member took, the latest first. */
    @Transactional(readOnly = true)
    public List<Place> taken(long id, int limit) {
        Rulebook book = law.of(clock.today());
        return jdbc.sql("select held_on, event, price_of, full_fen, paid_fen, clauses from event_place where"
                        + " association_id = :association and member_id = :member order by held_on desc, id desc"
                        + " limit :limit")
                .param("association", Tenant.current())
                .param("member", id)
                .param("limit", limit)
                .query((row, n) -> {
                    String of = row.getString("price_of");
                    return new Place(
                            row.getObject("held_on", LocalDate.class),
                            row.getString("event"),
                            book.prices().stream()
                                    .filter(rule -> rule.of().equals(of))
                                    .map(Rulebook.Price::says)
                                    .findFirst()
                                    .orElse(of),
                            new Money(row.getLong("full_fen")),
                            new Money(row.getLong("paid_fen")),
                            List.of(row.getString("clauses").split(" ")));
                })
                .list();
    }

    /** What is said where the bylaws name no prices, and whom to ask; empty where they name some. */
    public static String silence(Rulebook book) {
        return book.prices().isEmpty()
                ? "本协会的规则没有规定活动价格，以每次活动的通知为准，可以问" + (book.teacher() == null ? "秘书处" : "班主任")
                : "";
    }

    private static int percent(Rulebook book, Rulebook.Price rule, Member member) {
        return PriceTerms.percent(book.reading(rule.reading()), member.grade());
    }

    /** Why a member pays what everybody pays; the branch is tested where one is given. */
    private Optional<Refusal> against(
            Rulebook.Price rule, Member member, @org.jspecify.annotations.Nullable String branch) {
        if (!rights.may(member.id(), Rights.ANY)) {
            Set<String> clauses = new LinkedHashSet<>(rule.cite());
            clauses.addAll(rights.basis(member.id(), Rights.ANY));
            return Optional.of(new Refusal(new ArrayList<>(clauses), member.name() + "目前不能行使会员权利，按原价收取", null));
        }
        if (!rule.sizes().isEmpty()
                && rights.size(member.id()).filter(rule.sizes()::contains).isEmpty()) {
            return Optional.of(new Refusal(
                    rule.cite(), rule.says() + "的会员价只给" + String.join("、", rule.sizes()) + "企业会员，按原价收取", null));
        }
        List<String> branches = Beside.of(member, "branch");
        if (rule.branch() && (branch == null ? branches.isEmpty() : !branches.contains(branch))) {
            return Optional.of(new Refusal(
                    rule.cite(),
                    member.name() + "没有加入" + (branch == null || branch.isEmpty() ? "分支机构" : branch) + "，按原价收取",
                    null));
        }
        return Optional.empty();
    }
}
