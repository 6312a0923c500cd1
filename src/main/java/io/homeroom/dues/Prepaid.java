package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Duty;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members that have paid years ahead under another standard than the one that comes into force: nothing is billed anew and
 * nothing given back (BACCA-31-b as it is read), but the office hears who they are.
 */
@Component
public class Prepaid implements Duty {

    private static final int NAMES = 20;

    private final JdbcClient jdbc;
    private final Roster roster;
    private final Lawbook law;
    private final ApplicationEventPublisher events;

    Prepaid(JdbcClient jdbc, Roster roster, Lawbook law, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.roster = roster;
        this.law = law;
        this.events = events;
    }

    /** Years paid ahead; {@code covers} is the last day paid for where that is not the end of a year. */
    private record Ahead(
            long member,
            int from,
            int through,
            Money amount,
            @Nullable LocalDate covers) {
        Money at(Money yearly) {
            return covers == null
                    ? yearly.times(through - from + 1)
                    : yearly.times(through - from).plus(yearly.share(covers.getMonthValue(), 12, RoundingMode.HALF_UP));
        }
    }

    @Override
    public String name() {
        return "prepaid";
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        Fees fees = law.of(after).fees();
        return fees == null
                ? Optional.empty()
                : fees.standards().stream()
                        .map(Fees.Standard::from)
                        .filter(day -> day.isAfter(after))
                        .min(LocalDate::compareTo);
    }

    /** Written standards begin on their day; what a body resolves is flagged when it is decided. */
    @Override
    @Transactional
    public void run(LocalDate day) {
        Fees fees = law.of(day).fees();
        if (fees != null) {
            fees.standards().stream()
                    .filter(standard -> standard.from().equals(day))
                    .forEach(standard -> flag(day, standard.amounts()));
        }
    }

    /**
     * Tells the office who has paid beyond this year at another yearly fee than the new one; once for each day.
     *
     * @param from the first day of the new standard
     * @param amounts the new yearly fees by grade
     */
    @Transactional
    public void flag(LocalDate from, Map<String, Money> amounts) {
        Rulebook rules = law.of(from);
        Fees fees = rules.fees();
        Fees.Term term = fees == null ? null : fees.term();
        if (term == null || amounts.isEmpty()) {
            return;
        }
        List<Ahead> ahead = jdbc.sql("select member_id, fee_year, through_year, amount_fen, covers_to from bill"
                        + " where association_id = :association and kind = 'term' and state = 'paid'"
                        + " and through_year > :year order by member_id")
                .param("association", Tenant.current())
                .param("year", from.getYear())
                .query((row, n) -> new Ahead(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        new Money(row.getLong(4)),
                        row.getObject(5, LocalDate.class)))
                .list();
        Map<Long, Member> members =
                roster.findAll(ahead.stream().map(Ahead::member).distinct().toList());
        List<String> names = new ArrayList<>();
        for (Ahead one : ahead) {
            Member member = members.get(one.member());
            Money yearly = member == null || !member.belongs() ? null : amounts.get(member.grade());
            if (member != null && yearly != null && !one.at(yearly).equals(one.amount())) {
                names.add(member.name() + "（已交到" + one.through() + "年）");
            }
        }
        if (names.isEmpty()) {
            return;
        }
        String shown = names.stream().limit(NAMES).collect(Collectors.joining("、"));
        events.publishEvent(Tell.of(
                        "秘书处",
                        null,
                        "prepaid",
                        "会费标准自" + from + "起变动，以下会员已按原标准预交以后年度：" + shown
                                + (names.size() > NAMES ? "等" + names.size() + "家" : "") + "。不自动补收，也不退还；如须处理，请另行决定")
                .cites(term.may())
                .once("prepaid:" + from + ":"
                        + amounts.keySet().stream().sorted().collect(Collectors.joining(","))));
    }
}
