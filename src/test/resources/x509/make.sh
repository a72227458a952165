#!/bin/sh
# How the files beside this one were made, with OpenSSL 3.0. Running it again makes other keys, so the few values
# that tests spell out (public key digests) are computed by openssl into expected.properties as well.
set -eu
cd "$(dirname "$0")"
openssl genrsa -traditional -out rsa-pkcs1.pem 2048
openssl pkcs8 -topk8 -nocrypt -in rsa-pkcs1.pem -out rsa-pkcs8.pem
openssl genrsa -traditional -aes128 -passout pass:secret -out rsa-encrypted.pem 2048
openssl genrsa -traditional -out rsa-1024.pem 1024
for curve in prime256v1:p256 secp384r1:p384 secp521r1:p521; do
  openssl ecparam -name "${curve%:*}" -genkey -noout -out "ec-${curve#*:}-sec1.pem"
  openssl pkcs8 -topk8 -nocrypt -in "ec-${curve#*:}-sec1.pem" -out "ec-${curve#*:}-pkcs8.pem"
done
openssl ecparam -name prime256v1 -genkey -out ec-with-parameters.pem
openssl ec -in ec-p256-sec1.pem -no_public -out ec-p256-no-public.pem
openssl ecparam -name secp256k1 -genkey -noout -out ec-secp256k1.pem
openssl genpkey -algorithm ed25519 -out ed25519.pem
openssl genpkey -algorithm ed448 -out ed448.pem
: > expected.properties
for f in rsa-pkcs1 ec-p256-sec1 ec-p384-sec1 ec-p521-sec1 ec-with-parameters ed25519; do
  echo "$f=$(openssl pkey -in $f.pem -pubout -outform DER | sha256sum | cut -d' ' -f1)" >> expected.properties
done
cat > csr.cnf <<'C'
[req]
distinguished_name = dn
req_extensions = ext
prompt = no
string_mask = utf8only
[dn]
C = DE
O = Ünal & Söhne
OU = Netz
CN = www.example.com
serialNumber = 42
[ext]
subjectAltName = critical,DNS:www.example.com,DNS:*.example.com,email:a@example.com,IP:192.0.2.1,IP:2001:db8::1,URI:spiffe://x/y,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@corp
keyUsage = critical,digitalSignature,keyCertSign,decipherOnly
extendedKeyUsage = serverAuth,clientAuth,1.2.3.4
basicConstraints = critical,CA:TRUE
C
openssl req -new -key ec-p256-sec1.pem -config csr.cnf -utf8 -out csr-everything.pem
openssl req -new -key rsa-pkcs1.pem -subj /CN=plain.example.com -out csr-plain.pem
openssl req -new -key ed25519.pem -subj / -addext subjectAltName=critical,DNS:ed.example.com -out csr-ed25519.pem
cat > leaf.cnf <<'C'
subjectAltName = DNS:www.example.com,DNS:example.com,email:a@example.com,IP:192.0.2.1,IP:2001:db8::1,URI:spiffe://x/y
C
openssl req -x509 -new -key ec-p384-sec1.pem -subj "/CN=Test Root" -days 3650 -set_serial 1 -out root.pem
openssl x509 -req -in csr-everything.pem -CA root.pem -CAkey ec-p384-sec1.pem -set_serial 0x8899aabbccddeeff00 -days 90 -extfile leaf.cnf -out leaf.pem
cat leaf.pem root.pem > chain.pem
