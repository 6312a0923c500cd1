package io.homeroom.casework;

import io.homeroom.ground.Lockbox;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals what a case knows, in which people have names and numbers, on its way to the database and opens it on its way back.
 * What was written before it was sealed is read as it stands; the next change of the case seals it.
 */
@Component
@Converter
class SealedData implements AttributeConverter<@Nullable String, @Nullable String> {

    private final Lockbox lockbox;

    SealedData(Lockbox lockbox) {
        this.lockbox = lockbox;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String clear) {
        return clear == null ? null : lockbox.seal(clear);
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String stored) {
        return stored == null || stored.startsWith("{") ? stored : lockbox.open(stored);
    }
}
