package io.homeroom.rulebook;

/** Finds readings that decide nothing: each has a value of its own, or says where in the rulebook its point is decided. */
final class OpenPoints {

    private final Rulebook book;
    private final Marks marks;

    OpenPoints(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    void check() {
        book.readings().forEach((key, reading) -> {
            String value = reading.value();
            if (value != null) {
                value(key, value, reading);
            } else if (ReadingValues.isKnown(key)) {
                marks.fault(reading, "", "“" + key + "”由软件照着执行，须写 value");
            } else {
                elsewhere(reading);
            }
        });
    }

    private void value(String key, String value, Rulebook.Reading reading) {
        if (!reading.at().isEmpty()) {
            marks.fault(reading, "at", "写了 value，就不由别处决定：value 和 at 只能留一个");
        }
        String fault = ReadingValues.fault(key, value);
        if (fault != null) {
            marks.fault(reading, "value", fault + ReadingValues.inFile(key));
        }
    }

    private void elsewhere(Rulebook.Reading reading) {
        if (reading.at().isEmpty()) {
            marks.fault(reading, "", "没有写怎样读：请写 value，或在 at 写由规则书的哪里决定（如 cases/exit/stages）");
        }
        for (int i = 0; i < reading.at().size(); i++) {
            String fault = Pointer.fault(book, reading.at().get(i));
            if (fault != null) {
                marks.fault(reading, "at[" + i + "]", "at 指的地方找不到：" + fault);
            }
        }
        if (reading.otherwise() == null) {
            marks.fault(reading, "", "没有写还可以怎样读（otherwise）");
        }
    }
}
