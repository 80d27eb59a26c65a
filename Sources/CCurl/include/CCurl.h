#ifndef CLOAKROOM_CCURL_H
#define CLOAKROOM_CCURL_H
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take any number of arguments of any type, which Swift cannot call. Each
// function here is one such call with its types fixed.

CURLcode cloakroom_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode cloakroom_curl_set_size(CURL *handle, CURLoption option, curl_off_t value);
CURLcode cloakroom_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode cloakroom_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);

// TLS 1.2 or later, or nothing is sent; or, when `required` is 0, no TLS at all.
CURLcode cloakroom_curl_set_tls(CURL *handle, int required);

// What is uploaded; `context` comes back as the callback's last argument.
CURLcode cloakroom_curl_set_read(CURL *handle, curl_read_callback callback, void *context);

// Called at least once a second; anything but 0 ends the transfer.
CURLcode cloakroom_curl_set_progress(CURL *handle, curl_xferinfo_callback callback, void *context);

// Told of everything said; while it is set nothing is printed.
CURLcode cloakroom_curl_set_listener(CURL *handle, curl_debug_callback callback, void *context);

// The server's last answer, 0 when there was none.
long cloakroom_curl_response_code(CURL *handle);
#endif
