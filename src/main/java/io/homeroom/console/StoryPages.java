package io.homeroom.console;

import io.homeroom.care.Pictures;
import io.homeroom.care.Stories;
import io.homeroom.care.Story;
import io.homeroom.member.Member;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Service: news that members hand in, and whether it is accepted. */
@Controller
@RequestMapping("/console/{code}/care/stories")
class StoryPages {

    private static final int SHOWN = 200;

    record StoryLine(Story story, String member, String href, List<Long> pictures) {}

    private final Stories stories;
    private final Pictures pictures;
    private final Sight sight;

    StoryPages(Stories stories, Pictures pictures, Sight sight) {
        this.stories = stories;
        this.pictures = pictures;
        this.sight = sight;
    }

    @GetMapping
    String stories(Visitor visitor, Model model) {
        List<Story> waiting = stories.waiting(SHOWN);
        Map<Long, Member> members =
                sight.of(visitor, waiting.stream().map(Story::memberId).toList());
        model.addAttribute(
                "stories",
                waiting.stream()
                        .filter(story -> members.containsKey(story.memberId()))
                        .map(story -> new StoryLine(
                                story,
                                Sight.name(members, story.memberId()),
                                visitor.at("members/" + story.memberId()),
                                pictures.of(story.id())))
                        .toList());
        return "console/care-stories";
    }

    @PostMapping("/{id}")
    String settle(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam boolean accepted,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        Story story = stories.find(id).orElseThrow(NotHere::new);
        sight.member(visitor, story.memberId());
        return Sight.then(
                stories.settle(id, accepted, reason, visitor.username()),
                accepted ? "已采用，会员已收到消息。" : "已退回，会员已收到原因。",
                visitor.at("care/stories"),
                next);
    }

    @GetMapping("/{id}/pictures/{picture}")
    ResponseEntity<byte[]> storyPicture(Visitor visitor, @PathVariable long id, @PathVariable long picture) {
        Story story = stories.find(id).orElseThrow(NotHere::new);
        sight.member(visitor, story.memberId());
        if (!pictures.of(id).contains(picture)) {
            throw new NotHere();
        }
        return sight.picture(picture);
    }
}
