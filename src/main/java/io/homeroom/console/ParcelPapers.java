package io.homeroom.console;

import io.homeroom.care.Parcel;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.liaison.Classes;
import io.homeroom.papers.Letters;
import io.homeroom.papers.Sheets;
import io.homeroom.papers.Table;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Labels, lists and letters of what is mailed. */
@Controller
@RequestMapping("/console/{code}/care")
class ParcelPapers {

    private static final int LABELS = 24;

    private final MailingPages pages;
    private final Classes classes;
    private final Cases cases;
    private final Bills bills;
    private final Lawbooks lawbooks;
    private final Letters letters;
    private final Sheets sheets;
    private final BusinessClock clock;

    ParcelPapers(
            MailingPages pages,
            Classes classes,
            Cases cases,
            Bills bills,
            Lawbooks lawbooks,
            Letters letters,
            Sheets sheets,
            BusinessClock clock) {
        this.pages = pages;
        this.classes = classes;
        this.cases = cases;
        this.bills = bills;
        this.lawbooks = lawbooks;
        this.letters = letters;
        this.sheets = sheets;
        this.clock = clock;
    }

    @GetMapping("/mailings/{id:\\d{1,19}}/labels.pdf")
    ResponseEntity<byte[]> labels(Visitor visitor, @PathVariable long id) {
        List<Parcel.Recipient> all =
                pages.parcels(visitor, id).stream().map(Parcel::to).toList();
        List<List<List<Parcel.Recipient>>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LABELS) {
            List<List<Parcel.Recipient>> rows = new ArrayList<>();
            List<Parcel.Recipient> page = all.subList(from, Math.min(all.size(), from + LABELS));
            for (int row = 0; row < page.size(); row += 3) {
                rows.add(page.subList(row, Math.min(page.size(), row + 3)));
            }
            pages.add(rows);
        }
        return Files.of(letters.print("labels", Map.of("pages", pages)), MediaType.APPLICATION_PDF, "收件标签.pdf");
    }

    @GetMapping("/mailings/{id:\\d{1,19}}/list.xlsx")
    ResponseEntity<byte[]> list(Visitor visitor, @PathVariable long id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<List<?>> rows = new ArrayList<>();
        for (Parcel parcel : pages.parcels(visitor, id)) {
            rows.add(Arrays.asList(
                    parcel.to().unit(),
                    parcel.to().person(),
                    parcel.to().phone(),
                    parcel.to().address(),
                    parcel.tracking(),
                    parcel.sentOn()));
        }
        sheets.write(
                out,
                List.of(new Table(
                        "寄送清单",
                        List.of(
                                Table.Column.of("单位", 34),
                                Table.Column.of("收件人", 12),
                                Table.Column.of("电话", 16),
                                Table.Column.of("地址", 44),
                                Table.Column.of("单号", 20),
                                Table.Column.of("寄出日", 13)),
                        rows)));
        return Files.of(out.toByteArray(), Files.WORKBOOK, "寄送清单.xlsx");
    }

    /** The letter of a parcel: for a notice of leaving the ground, what is owed and until when to answer. */
    @GetMapping("/parcels/{id}/letter.pdf")
    ResponseEntity<byte[]> letter(Visitor visitor, @PathVariable long id) {
        Parcel parcel = pages.parcel(visitor, id);
        Rulebook book = lawbooks.of(visitor.code());
        CaseView matter = cases.of(parcel.memberId()).stream()
                .filter(one -> one.isOpen() && one.type().equals("exit"))
                .findFirst()
                .orElse(null);
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", book.name());
        facts.put("member", parcel.to().unit());
        facts.put("today", Days.dated(clock.today()));
        facts.put("title", matter == null ? parcel.title() : "退会告知书");
        facts.put("exit", matter != null);
        facts.put(
                "clauses",
                matter == null
                        ? ""
                        : matter.clauses().stream()
                                .map(Clauses::label)
                                .distinct()
                                .collect(Collectors.joining("、")));
        facts.put("rules", book.title());
        facts.put(
                "owed",
                bills.owed(parcel.memberId()).isPositive()
                        ? bills.owed(parcel.memberId()).toString()
                        : "");
        facts.put("days", book.setting("answer-days").orElse(""));
        facts.put(
                "teacher",
                classes.teacherOf(parcel.memberId())
                        .map(one -> one.name() + (one.phone() == null ? "" : " " + one.phone()))
                        .orElse(""));
        return Files.of(
                letters.print("notice", facts),
                MediaType.APPLICATION_PDF,
                parcel.to().unit() + "函件.pdf");
    }
}
