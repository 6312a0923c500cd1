package io.homeroom.portal;

import io.homeroom.care.Mailings;
import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.care.Parcel;
import io.homeroom.care.Pictures;
import io.homeroom.care.Stories;
import io.homeroom.care.Story;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member asks for beside its cases: needs and their answers, news handed in, and what was mailed to it. */
@Controller
@RequestMapping("/m/{code}")
class CarePages {

    /** A need as its member sees it; {@code mood} is {@code good due bad} or empty. */
    record NeedView(
            long id,
            String said,
            String word,
            String mood,
            String line,
            @Nullable String answer,
            String rating) {}

    /** News as its member sees it. */
    record StoryView(String title, String word, String mood, String line) {}

    private final Reception reception;
    private final Needs needs;
    private final Stories stories;
    private final Mailings mailings;
    private final Pictures pictures;
    private final BusinessClock clock;

    CarePages(
            Reception reception,
            Needs needs,
            Stories stories,
            Mailings mailings,
            Pictures pictures,
            BusinessClock clock) {
        this.reception = reception;
        this.needs = needs;
        this.stories = stories;
        this.mailings = mailings;
        this.pictures = pictures;
        this.clock = clock;
    }

    @GetMapping("/needs")
    String needs(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            LocalDate today = clock.today();
            model.addAttribute(
                    "needs",
                    needs.of(member.id()).stream()
                            .map(need -> view(need, today))
                            .toList());
            model.addAttribute("ratings", Need.Rating.values());
            return "portal/needs";
        });
    }

    private static NeedView view(Need need, LocalDate today) {
        LocalDate due = need.due();
        Need.Rating rating = need.rating();
        String line = Days.said(need.openedOn(), today) + "提出"
                + (need.isOpen() && due != null ? "，" + Days.said(due, today) + "前答复" : "");
        return new NeedView(
                need.id(),
                need.said(),
                need.isOpen() ? "在办" : "已答复",
                need.isOpen() ? "due" : "good",
                line,
                need.answer(),
                rating == null ? "" : rating.code());
    }

    @PostMapping("/needs")
    String raise(
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(
                request,
                model,
                (member, openid) ->
                        then(needs.raise(member.id(), words, "member:" + member.id()), "记下了，班主任会看到。", "needs", next));
    }

    @PostMapping("/needs/{id}/rate")
    String rate(
            @PathVariable long id,
            @RequestParam String rating,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            Optional<Need.Rating> wanted = Arrays.stream(Need.Rating.values())
                    .filter(one -> one.code().equals(rating))
                    .findFirst();
            boolean own = needs.find(id)
                    .filter(need -> need.memberId() == member.id())
                    .isPresent();
            if (wanted.isEmpty() || !own) {
                return MemberPages.message(model, Message.trouble("没有这件诉求", "它可能属于你负责的另一家单位。"));
            }
            return then(needs.rate(id, member.id(), wanted.get()), "谢谢评价。", "needs", next);
        });
    }

    private static String then(Outcome<?> outcome, String done, String path, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", refused.refusal().reason());
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:/m/" + Tenant.current() + "/" + path;
    }

    @GetMapping("/stories")
    String stories(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            LocalDate today = clock.today();
            model.addAttribute(
                    "stories",
                    stories.of(member.id()).stream()
                            .map(story -> view(story, today))
                            .toList());
            model.addAttribute("most", Stories.PICTURES);
            return "portal/stories";
        });
    }

    private static StoryView view(Story story, LocalDate today) {
        String mood = switch (story.state()) {
            case WAITING -> "due";
            case ACCEPTED -> "good";
            case RETURNED -> "bad";
        };
        return new StoryView(
                story.title(),
                story.state().word(),
                mood,
                Days.said(story.submittedOn(), today) + "提交"
                        + (story.reason().isEmpty() ? "" : "，原因：" + story.reason()));
    }

    @PostMapping("/stories")
    String submit(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(name = "pictures", required = false) @Nullable List<MultipartFile> files,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next)
            throws IOException {
        List<byte[]> uploads = new ArrayList<>();
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                uploads.add(file.getBytes());
            }
        }
        return reception.known(
                request,
                model,
                (member, openid) ->
                        then(stories.submit(member.id(), title, body, uploads), "已提交，审核结果会发消息给你。", "stories", next));
    }

    @GetMapping("/parcels/{id}")
    String parcel(@PathVariable long id, HttpServletRequest request, Model model) {
        return reception.person(request, model, openid -> {
            Optional<Parcel> parcel = sent(id, openid);
            if (parcel.isEmpty()) {
                return reception.denied(model, openid);
            }
            LocalDate sentOn = parcel.get().sentOn();
            model.addAttribute("parcel", parcel.get());
            model.addAttribute("kind", Mailings.KINDS.getOrDefault(parcel.get().what(), ""));
            model.addAttribute("when", sentOn == null ? "" : Days.said(sentOn, clock.today()));
            return "portal/parcel";
        });
    }

    @GetMapping("/parcels/{id}/photo")
    ResponseEntity<byte[]> photo(@PathVariable long id, HttpServletRequest request) {
        return Person.of(request)
                .flatMap(openid -> sent(id, openid))
                .map(Parcel::pictureId)
                .flatMap(pictures::open)
                .map(Upload::thumbnail)
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private Optional<Parcel> sent(long id, String openid) {
        return mailings.find(id)
                .filter(Parcel::isSent)
                .filter(parcel -> reception.speaksFor(openid, parcel.memberId()));
    }
}
