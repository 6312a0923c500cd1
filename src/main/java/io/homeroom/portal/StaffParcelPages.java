package io.homeroom.portal;

import io.homeroom.care.Mailings;
import io.homeroom.care.Parcel;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** What is to be posted, on the class teacher's phone: photograph it, write its number, send it off (WHJX-8-4b). */
@Controller
@RequestMapping("/t/{code}/parcels/{id}")
class StaffParcelPages {

    private final StaffDoor door;
    private final Mailings mailings;
    private final StaffScanner scanner;
    private final Lawbook laws;
    private final BusinessClock clock;

    StaffParcelPages(StaffDoor door, Mailings mailings, StaffScanner scanner, Lawbook laws, BusinessClock clock) {
        this.door = door;
        this.mailings = mailings;
        this.scanner = scanner;
        this.laws = laws;
        this.clock = clock;
    }

    @GetMapping
    String parcel(@PathVariable long id, HttpServletRequest request, Model model) {
        return door.ofTheClass(
                request, "parcels/" + id, member(id), model, (who, member) -> show(id, "", request, model));
    }

    /** Of no member where there is no such parcel: the door then says that it is not theirs. */
    private long member(long id) {
        return mailings.find(id).map(Parcel::memberId).orElse(0L);
    }

    private String show(long id, String said, HttpServletRequest request, Model model) {
        Parcel parcel = mailings.find(id).orElseThrow();
        model.addAttribute("association", laws.of(clock.today()).name());
        model.addAttribute("parcel", parcel);
        model.addAttribute("kind", Mailings.KINDS.getOrDefault(parcel.what(), ""));
        model.addAttribute("phone", Mask.phone(parcel.to().phone()));
        model.addAttribute("needsNumber", parcel.what().equals("letter"));
        model.addAttribute("said", said);
        if (!parcel.isSent()) {
            scanner.lend(request, model);
        }
        model.addAttribute("href", StaffDoor.at("parcels/" + id));
        return "portal/staff-parcel";
    }

    /** Takes the photo, the address and the number as far as they are given, and then sends it off. */
    @PostMapping
    String send(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String tracking,
            HttpServletRequest request,
            Model model)
            throws IOException {
        byte[] upload = photo == null || photo.isEmpty() ? null : photo.getBytes();
        return door.ofTheClass(request, "parcels/" + id, member(id), model, (who, member) -> {
            if (upload != null
                    && mailings.photograph(List.of(id), upload, who.username())
                            instanceof Outcome.Refused<Long> refused) {
                return show(id, refused.refusal().reason() + "。", request, model);
            }
            if (!address.isBlank()
                    && mailings.address(id, address, who.username()) instanceof Outcome.Refused<Parcel> refused) {
                return show(id, refused.refusal().reason() + "。", request, model);
            }
            Outcome<Parcel> sent = mailings.send(id, tracking, who.username());
            return show(
                    id,
                    sent instanceof Outcome.Refused<Parcel> refused
                            ? refused.refusal().reason()
                                    + laws.of(clock.today())
                                            .cite(refused.refusal().clauses()) + "。"
                            : "已登记寄出，联络员会收到照片。",
                    request,
                    model);
        });
    }
}
