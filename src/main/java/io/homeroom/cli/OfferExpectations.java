package io.homeroom.cli;

import io.homeroom.casework.Candidacies;
import io.homeroom.casework.Prices;
import io.homeroom.casework.Undertakings;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what a rehearsal expects of prices, candidates and registers against what members are offered. */
class OfferExpectations {

    private final Prices prices;
    private final Candidacies candidacies;
    private final Undertakings undertakings;
    private final Roster roster;

    OfferExpectations(Prices prices, Candidacies candidacies, Undertakings undertakings, Roster roster) {
        this.prices = prices;
        this.candidacies = candidacies;
        this.undertakings = undertakings;
        this.roster = roster;
    }

    /** What a member pays: {@code {KEY: {percent, cites}}}; everything that is not so. */
    List<String> price(Script wanted, long member, Cast cast) {
        List<String> wrong = new ArrayList<>();
        List<Prices.Offer> offers = prices.offers(member);
        for (String key : wanted.keys()) {
            Script part = wanted.part(key).known("percent", "cites");
            Prices.Offer offer = offers.stream()
                    .filter(one -> one.of().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new Script.Fault(wanted.where() + "：没有“" + key + "”这类价格"));
            List<String> clauses = offer.refusal().map(Refusal::clauses).orElse(offer.clauses());
            int percent = offer.refusal().isPresent() ? 100 : offer.percent();
            if (percent != Integer.parseInt(part.text("percent")) || !clauses.containsAll(part.texts("cites"))) {
                wrong.add("price." + key + "：实为原价的" + percent + "%" + clauses);
            }
            cast.asserts(part.texts("cites"), clauses);
        }
        return wrong;
    }

    /** Who stands for election: {@code {are: [NAME…], cites}}, all of them by the names of the file. */
    List<String> candidates(Script wanted, Cast cast) {
        wanted.known("are", "cites");
        List<Candidacies.Candidate> list = candidacies.list();
        Rulebook.Candidates rule = candidacies.rule();
        List<String> clauses = rule == null ? List.of() : rule.cite();
        TreeSet<Long> expected =
                wanted.texts("are").stream().map(cast::member).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<Long> found =
                list.stream().map(one -> one.member().id()).collect(Collectors.toCollection(TreeSet::new));
        cast.asserts(wanted.texts("cites"), clauses);
        return expected.equals(found) && clauses.containsAll(wanted.texts("cites"))
                ? List.of()
                : List.of("candidates：实为 "
                        + list.stream().map(Candidacies.Candidate::person).toList() + clauses);
    }

    /** What stands in the registers: {@code {NAME: {state, lead}}}. */
    List<String> undertakings(Script wanted, Cast cast) {
        List<String> wrong = new ArrayList<>();
        var all = undertakings.list(1000).stream()
                .collect(Collectors.toMap(Undertakings.Undertaking::name, Function.identity(), (one, other) -> one));
        for (String name : wanted.keys()) {
            Script part = wanted.part(name).known("state", "lead");
            Undertakings.Undertaking found = all.get(name);
            boolean so = found != null
                    && part.text("state").equals(found.state().code())
                    && (!part.has("lead")
                            || Long.valueOf(cast.member(part.text("lead"))).equals(found.lead()));
            if (!so) {
                wrong.add("undertakings." + name + "：实为 " + (found == null ? "没有" : found + led(found)));
            }
        }
        return wrong;
    }

    private String led(Undertakings.Undertaking found) {
        Long lead = found.lead();
        return lead == null ? "" : roster.find(lead).map(Member::name).orElse("");
    }
}
