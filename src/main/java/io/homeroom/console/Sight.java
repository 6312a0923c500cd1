package io.homeroom.console;

import io.homeroom.care.Pictures;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which members, and which pictures of theirs, a visitor of the service pages may see, and how it is told what came of an act. */
@Component
class Sight {

    private final Roster roster;
    private final Pictures pictures;

    Sight(Roster roster, Pictures pictures) {
        this.roster = roster;
        this.pictures = pictures;
    }

    /** Those of these members whom the visitor may see. */
    Map<Long, Member> of(Visitor visitor, List<Long> ids) {
        return roster.findAll(ids.stream().distinct().toList()).entrySet().stream()
                .filter(entry -> visitor.sees(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The member of a key.
     *
     * @throws NotHere where the visitor may not see it
     */
    Member member(Visitor visitor, long id) {
        return roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
    }

    static String name(Map<Long, Member> members, long id) {
        Member member = members.get(id);
        return member == null ? "" : member.name();
    }

    ResponseEntity<byte[]> picture(long id) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .header("X-Content-Type-Options", "nosniff")
                .body(pictures.open(id).orElseThrow(NotHere::new));
    }

    /** On to a page that says what was done, or why it was not. */
    static String then(Outcome<?> outcome, String done, String to, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + to;
    }
}
