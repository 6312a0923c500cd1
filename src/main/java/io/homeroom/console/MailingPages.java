package io.homeroom.console;

import io.homeroom.care.Mailings;
import io.homeroom.care.Parcel;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Service: what is mailed to members. */
@Controller
@RequestMapping("/console/{code}/care")
class MailingPages {

    record ParcelLine(Parcel parcel, String href, String phone, boolean mine) {}

    /** A kind of mailing, and how many tasks ask for it. */
    record Kind(String code, String word, int asked) {}

    private final Mailings mailings;
    private final Sight sight;
    private final Roster roster;
    private final Staff staff;

    MailingPages(Mailings mailings, Sight sight, Roster roster, Staff staff) {
        this.mailings = mailings;
        this.sight = sight;
        this.roster = roster;
        this.staff = staff;
    }

    @GetMapping("/mailings")
    String mailings(Visitor visitor, Model model) {
        model.addAttribute("mailings", mailings.recent(100));
        model.addAttribute("words", Mailings.KINDS);
        model.addAttribute("mayMake", visitor.mayEdit());
        model.addAttribute(
                "kinds",
                List.of("letter", "receipt", "invoice", "certificate", "plaque", "journal", "other").stream()
                        .map(kind -> new Kind(
                                kind,
                                Mailings.KINDS.getOrDefault(kind, kind),
                                asks(kind) ? mailings.asked(kind).size() : 0))
                        .toList());
        model.addAttribute("teachers", staff.teachers());
        return "console/care-mailings";
    }

    private static boolean asks(String kind) {
        return Mailings.ASKED.contains(kind);
    }

    /** To those whose tasks ask for it, to one class, or to all members. */
    @PostMapping("/mailings")
    String make(
            Visitor visitor,
            @RequestParam String what,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String to,
            RedirectAttributes next) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        if (!Mailings.KINDS.containsKey(what)) {
            throw new NotHere();
        }
        Outcome<Long> made = asks(what) && to.isEmpty()
                ? mailings.prepare(what, title, visitor.username())
                : mailings.prepare(what, title, members(to), visitor.username());
        String page = made instanceof Outcome.Done<Long> done ? "care/mailings/" + done.value() : "care/mailings";
        return Sight.then(made, "已备好收件单位。拍照后即可登记寄出。", visitor.at(page), next);
    }

    /** Members of a class, by its teacher's key; all for none. */
    private List<Long> members(String teacher) {
        List<Long> teachers = teacher.matches("\\d{1,19}") ? List.of(Long.parseLong(teacher)) : null;
        List<Long> ids = new ArrayList<>();
        long after = 0;
        while (true) {
            Page<Member> page = roster.search(new Search(null, Standing.ACTIVE, null, teachers, after, 500));
            page.items().forEach(member -> ids.add(member.id()));
            Long following = page.next();
            if (following == null) {
                return ids;
            }
            after = following;
        }
    }

    @GetMapping("/mailings/{id:\\d{1,19}}")
    String mailing(Visitor visitor, @PathVariable long id, Model model) {
        List<Parcel> parcels = parcels(visitor, id);
        boolean may = visitor.is(Role.ADMIN, Role.SECRETARIAT, Role.TEACHER);
        model.addAttribute("mailing", parcels.get(0));
        model.addAttribute("word", Mailings.KINDS.getOrDefault(parcels.get(0).what(), ""));
        model.addAttribute("base", visitor.at("care/mailings/" + id));
        model.addAttribute("parcelBase", visitor.at("care/parcels/"));
        model.addAttribute(
                "parcels",
                parcels.stream()
                        .map(parcel -> new ParcelLine(
                                parcel,
                                visitor.at("members/" + parcel.memberId()),
                                Mask.phone(parcel.to().phone()),
                                may))
                        .toList());
        return "console/care-mailing";
    }

    /** The parcels of a mailing that the visitor may see. */
    List<Parcel> parcels(Visitor visitor, long mailing) {
        List<Parcel> all = mailings.parcels(mailing);
        Map<Long, Member> members =
                sight.of(visitor, all.stream().map(Parcel::memberId).toList());
        List<Parcel> seen = all.stream()
                .filter(parcel -> members.containsKey(parcel.memberId()))
                .toList();
        if (seen.isEmpty()) {
            throw new NotHere();
        }
        return seen;
    }

    @PostMapping("/mailings/{id:\\d{1,19}}/photo")
    String photo(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(name = "parcel", required = false) @Nullable List<Long> chosen,
            RedirectAttributes next)
            throws IOException {
        List<Long> seen = parcels(visitor, id).stream().map(Parcel::id).toList();
        List<Long> wanted = chosen == null
                ? List.of()
                : chosen.stream().filter(seen::contains).toList();
        byte[] upload = file == null ? new byte[0] : file.getBytes();
        return Sight.then(
                mailings.photograph(wanted, upload, visitor.username()),
                "照片已存，可以登记寄出。",
                visitor.at("care/mailings/" + id),
                next);
    }

    @PostMapping("/parcels/{id}/send")
    String send(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String tracking,
            RedirectAttributes next) {
        Parcel parcel = parcel(visitor, id);
        return Sight.then(
                mailings.send(id, tracking, visitor.username()),
                parcel.to().unit() + "的已登记寄出，联络人会收到照片。",
                visitor.at("care/mailings/" + parcel.mailingId()),
                next);
    }

    @PostMapping("/parcels/{id}/address")
    String address(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String address,
            RedirectAttributes next) {
        Parcel parcel = parcel(visitor, id);
        return Sight.then(
                mailings.address(id, address, visitor.username()),
                "地址已改。",
                visitor.at("care/mailings/" + parcel.mailingId()),
                next);
    }

    @GetMapping("/parcels/{id}/photo")
    ResponseEntity<byte[]> parcelPhoto(Visitor visitor, @PathVariable long id) {
        Long picture = parcel(visitor, id).pictureId();
        if (picture == null) {
            throw new NotHere();
        }
        return sight.picture(picture);
    }

    /** The parcel of a key, if the visitor may see it. */
    Parcel parcel(Visitor visitor, long id) {
        Parcel parcel = mailings.find(id).orElseThrow(NotHere::new);
        sight.member(visitor, parcel.memberId());
        return parcel;
    }
}
