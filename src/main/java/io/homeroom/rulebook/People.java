package io.homeroom.rulebook;

/** Finds what is wrong with grades, posts, bodies and rights: who there is, and who may what. */
final class People {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Numbers numbers;

    People(Rulebook book, Marks marks, Names names, Numbers numbers) {
        this.book = book;
        this.marks = marks;
        this.names = names;
        this.numbers = numbers;
    }

    void check() {
        for (Rulebook.Post post : book.posts()) {
            names.decider(post, "by", post.by());
            names.post(post, "from", post.from());
            if (post.name().equals(post.from())) {
                marks.fault(post, "from", "产生“" + post.name() + "”要求先任“" + post.name() + "”，永远选不出来");
            }
            if (post.min() != null && post.max() != null && post.min() > post.max()) {
                marks.fault(post, "min", "最少 " + post.min() + " 名多于最多 " + post.max() + " 名");
            }
        }
        book.bodies().forEach((name, body) -> {
            names.grades(body, "grades", body.grades());
            names.posts(body, "posts", body.posts());
            names.posts(body, "guests", body.guests());
            if (book.offices().contains(name)) {
                marks.fault(book, "bodies{" + name + "}", "“" + name + "”既是机构又是部门");
            }
            numbers.share(body, "quorum", body.quorum());
        });
        for (Rulebook.Grade grade : book.grades()) {
            names.kind(grade, "kind", grade.kind());
            if (grade.cap() != null && grade.cap() < 1) {
                marks.fault(grade, "cap", "名额上限应不少于 1");
            }
        }
        book.kinds().forEach((kind, rule) -> names.kind(book, "kinds", kind));
        book.rights().forEach((name, right) -> {
            names.grades(right, "grades", right.grades());
            names.posts(right, "posts", right.posts());
            right.refused().keySet().stream()
                    .filter(g -> !g.equals("*"))
                    .forEach(g -> names.grade(right, "refused", g));
        });
        if (book.teacher() != null) {
            names.recipient(book.teacher(), "assigns", book.teacher().assigns());
        }
        book.answers().forEach((about, answer) -> names.recipients(answer, "tell", answer.tell()));
    }
}
