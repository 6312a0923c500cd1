package io.homeroom.rulebook;

/**
 * Something wrong in a rulebook file.
 *
 * @param file as it was named by the caller
 * @param line from 1
 * @param column from 1
 * @param message in Chinese: what is wrong and what would be right
 */
public record Fault(String file, int line, int column, String message) {

    /** {@code FILE:line:column: message}, the form that editors understand. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
