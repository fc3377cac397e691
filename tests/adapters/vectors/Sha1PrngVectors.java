import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * Prints what a gateway's own Java program makes of an application key and a secret: the AES key
 * drawn from SHA1PRNG, in hexadecimal, and the wrapped secret in Base64.
 *
 * <p>Run it with a JDK of 17 or newer, with pairs of application key and secret as arguments:
 * {@code java Sha1PrngVectors.java KEY SECRET KEY SECRET ...}. The vectors in test_signing.py were
 * recorded from OpenJDK 17.0.15.
 */
public class Sha1PrngVectors {
    public static void main(String[] arguments) throws Exception {
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(arguments[index].getBytes(StandardCharsets.UTF_8));
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(128, random);
            SecretKey key = generator.generateKey();
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            byte[] secret = arguments[index + 1].getBytes(StandardCharsets.UTF_8);
            System.out.println(HexFormat.of().formatHex(key.getEncoded()) + " "
                + Base64.getEncoder().encodeToString(cipher.doFinal(secret)));
        }
    }
}
